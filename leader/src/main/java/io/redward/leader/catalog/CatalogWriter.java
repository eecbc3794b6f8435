package io.redward.leader.catalog;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList.Reach;
import io.redward.storage.table.Isolation;
import io.redward.storage.table.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Changes the catalog within a transaction. Every change is seen by [#catalog] at once. Owned by
/// the transaction's session. Checks that names are free and that nothing depends on what is
/// dropped; privileges are the caller's to check.
public final class CatalogWriter {
  private static final String NAME_PREFIX = "catalog-name/";

  private final WriteTransaction transaction;
  private final CatalogReader reader;
  private final OidSequence oids;

  public CatalogWriter(WriteTransaction transaction, CatalogReader reader, OidSequence oids) {
    this.transaction = transaction;
    this.reader = reader;
    this.oids = oids;
  }

  /// The catalog as this transaction sees it.
  public Catalog catalog() {
    return reader.load(transaction.view());
  }

  /// Makes what a new warehouse holds: the database `dev` with its schemas, and the users `rdsdb`
  /// and `admin`. Does nothing if there is a catalog.
  public void bootstrap() {
    if (!catalog().databases().isEmpty()) {
      return;
    }
    put(superuser(Catalog.SYSTEM_USER, "rdsdb"));
    put(superuser(Catalog.ADMIN_USER, "admin"));
    AccessList toAll =
        AccessList.NONE.grant(
            new AccessList.Grant(
                AccessList.PUBLIC,
                Catalog.SYSTEM_USER,
                Set.of(Privilege.USAGE, Privilege.TEMPORARY),
                Set.of()));
    createDatabase("dev", Catalog.ADMIN_USER, toAll, Isolation.SNAPSHOT);
  }

  private static User superuser(int oid, String name) {
    return new User(oid, name, true, true, Optional.empty(), Map.of());
  }

  /// A database with its schemas `public`, `pg_catalog` and `information_schema`.
  public Database createDatabase(String name, int owner, AccessList access, Isolation isolation) {
    Database database = new Database(nextOid(), name, owner, access, isolation, false);
    put(database);
    AccessList usage = publicUsage();
    put(new Schema(nextOid(), database.oid(), "pg_catalog", Catalog.SYSTEM_USER, usage));
    put(new Schema(nextOid(), database.oid(), "information_schema", Catalog.SYSTEM_USER, usage));
    AccessList create =
        usage.grant(
            new AccessList.Grant(
                AccessList.PUBLIC, Catalog.SYSTEM_USER, Set.of(Privilege.CREATE), Set.of()));
    put(new Schema(nextOid(), database.oid(), "public", owner, create));
    return database;
  }

  private static AccessList publicUsage() {
    return AccessList.NONE.grant(
        new AccessList.Grant(
            AccessList.PUBLIC, Catalog.SYSTEM_USER, Set.of(Privilege.USAGE), Set.of()));
  }

  public Schema createSchema(int databaseOid, String name, int owner) {
    if (name.startsWith("pg_")) {
      throw new SqlException(SqlState.RESERVED_NAME, "unacceptable schema name \"" + name + "\"")
          .withDetail("The prefix \"pg_\" is reserved for system schemas.");
    }
    Schema schema = new Schema(nextOid(), databaseOid, name, owner, AccessList.NONE);
    put(schema);
    return schema;
  }

  /// Adds a table; the given one's oid is replaced by the oid it gets.
  public TableDefinition createTable(TableDefinition table) {
    transaction.requireUnchanged(key("schema", table.schemaOid()));
    TableDefinition created =
        table.withOid(nextOid()).withAccess(access(table, table.schemaOid(), Reach.TABLES));
    put(created);
    return created;
  }

  /// Adds a view; the given one's oid is replaced by the oid it gets.
  public ViewDefinition createView(ViewDefinition view) {
    transaction.requireUnchanged(key("schema", view.schemaOid()));
    ViewDefinition created =
        view.withOid(nextOid()).withAccess(access(view, view.schemaOid(), Reach.TABLES));
    requireDependencies(created);
    put(created);
    return created;
  }

  /// Adds a function or procedure; the given one's oid is replaced by the oid it gets.
  public Routine createRoutine(Routine routine) {
    transaction.requireUnchanged(key("schema", routine.schemaOid()));
    Reach kind = routine.kind() == Routine.Kind.FUNCTION ? Reach.FUNCTIONS : Reach.PROCEDURES;
    Routine created =
        routine.withOid(nextOid()).withAccess(access(routine, routine.schemaOid(), kind));
    put(created);
    return created;
  }

  /// The privileges a new object starts with: its own and its owner's defaults.
  private AccessList access(OwnedObject object, int schemaOid, Reach kind) {
    AccessList access = object.access();
    boolean temporary = object instanceof TableDefinition table && table.temporary();
    Optional<User> owner = temporary ? Optional.empty() : catalog().user(object.owner());
    for (DefaultAccess defaults : owner.map(User::defaults).orElse(List.of())) {
      boolean applies = defaults.schemaOid() == 0 || defaults.schemaOid() == schemaOid;
      if (defaults.kind() == kind && applies) {
        access = defaults.notPublic() ? access.without(AccessList.PUBLIC) : access;
        for (AccessList.Grant grant : defaults.access().grants()) {
          access = access.grant(grant);
        }
      }
    }
    return access;
  }

  private void requireDependencies(ViewDefinition view) {
    Catalog catalog = catalog();
    for (int oid : view.dependencies()) {
      catalog
          .object(oid)
          .ifPresent(o -> transaction.requireUnchanged(key(CatalogJson.kind(o), oid)));
    }
  }

  /// Adds a user.
  public User createUser(User user) {
    User created = user.withOid(nextOid());
    put(created);
    return created;
  }

  /// Makes the roles that every warehouse has, if there are none yet.
  public void createSystemRoles() {
    for (SystemRole role : SystemRole.values()) {
      if (catalog().group(role.roleName()).isEmpty()) {
        put(role.role(nextOid()));
      }
    }
  }

  /// Adds a policy; the given one's oid is replaced by the oid it gets.
  public Policy createPolicy(Policy policy) {
    Policy created = policy.withOid(nextOid());
    put(created);
    return created;
  }

  /// Attaches a policy.
  public void attach(Attachment attachment) {
    put(attachment.withOid(nextOid()));
  }

  /// Switches row-level security of a relation.
  public void secureRows(int relationOid, boolean on, boolean any) {
    Optional<RowSecurity> old = catalog().policies().rowSecurity(relationOid);
    if (old.isPresent()) {
      replace(new RowSecurity(old.get().oid(), relationOid, on, any));
    } else {
      put(new RowSecurity(nextOid(), relationOid, on, any));
    }
  }

  /// Adds a group or role.
  public Group createGroup(String name, int owner, boolean role, List<Integer> members) {
    Group group = new Group(nextOid(), name, owner, role, members);
    put(group);
    return group;
  }

  /// Puts an object in place of the one with its oid: renamed, moved, altered, with other
  /// privileges.
  public void replace(CatalogObject object) {
    CatalogObject old =
        catalog()
            .object(object.oid())
            .orElseThrow(() -> new IllegalArgumentException("no object " + object.oid()));
    if (!nameKey(old).equals(nameKey(object))) {
      transaction.removeEntry(nameKey(old));
      claimName(object);
    }
    transaction.putEntry(
        key(CatalogJson.kind(object), object.oid()), CatalogJson.toJson(object).toBytes());
    if (object instanceof ViewDefinition view) {
      requireDependencies(view);
    }
  }

  /// Removes an object, with all that depends on it where `cascade`.
  ///
  /// @return what was removed, for notices
  /// @throws SqlException 2BP01 if something depends on it
  public List<CatalogObject> drop(CatalogObject object, boolean cascade) {
    Catalog catalog = catalog();
    Map<Integer, CatalogObject> doomed = new LinkedHashMap<>();
    collect(catalog, object, doomed);
    if (doomed.size() > 1 && !cascade) {
      throw dependentObjects(object, doomed.values());
    }
    dropReferences(catalog, object, doomed.keySet(), cascade);
    List<CatalogObject> removed = new ArrayList<>(doomed.values());
    removed.forEach(this::remove);
    return removed;
  }

  private static void collect(
      Catalog catalog, CatalogObject object, Map<Integer, CatalogObject> doomed) {
    if (doomed.putIfAbsent(object.oid(), object) != null) {
      return;
    }
    switch (object) {
      case Database database ->
          catalog.schemas(database.oid()).forEach(schema -> collect(catalog, schema, doomed));
      case Schema schema -> {
        catalog.relations(schema.oid()).forEach(relation -> collect(catalog, relation, doomed));
        catalog.routines(schema.oid()).forEach(routine -> collect(catalog, routine, doomed));
        catalog.temporaryTables().stream()
            .filter(table -> table.schemaOid() == schema.oid())
            .forEach(table -> collect(catalog, table, doomed));
      }
      case TableDefinition _, ViewDefinition _ ->
          catalog.dependents(object.oid()).forEach(view -> collect(catalog, view, doomed));
      case Policy policy -> catalog.policies().of(policy).forEach(a -> collect(catalog, a, doomed));
      case User _, Group _, Routine _, Attachment _, RowSecurity _ -> {}
    }
  }

  /// Enforced foreign keys of other tables that reference what is dropped go with it, if they may.
  private void dropReferences(
      Catalog catalog, CatalogObject object, Set<Integer> doomed, boolean cascade) {
    for (int oid : doomed) {
      for (Catalog.KeyReference reference : catalog.referencesTo(oid)) {
        TableDefinition child = reference.table();
        if (doomed.contains(child.oid())) {
          continue;
        }
        if (!cascade) {
          String subject = CatalogJson.kind(object) + " " + object.name();
          throw new SqlException(
                  SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
                  "cannot drop " + subject + " because other objects depend on it")
              .withDetail(
                  "constraint "
                      + reference.key().name()
                      + " on table "
                      + child.name()
                      + " depends on "
                      + subject)
              .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
        }
        TableDefinition now = catalog().table(child.oid()).orElseThrow();
        replace(
            now.withConstraints(
                now.constraints().stream().filter(c -> !c.equals(reference.key())).toList()));
      }
    }
  }

  private static SqlException dependentObjects(
      CatalogObject object, Iterable<CatalogObject> dependents) {
    String subject = CatalogJson.kind(object) + " " + object.name();
    String verb = object instanceof ViewDefinition ? "can't drop " : "cannot drop ";
    StringBuilder detail = new StringBuilder();
    for (CatalogObject dependent : dependents) {
      if (dependent.oid() != object.oid()) {
        detail
            .append(detail.isEmpty() ? "" : "\n")
            .append(CatalogJson.kind(dependent))
            .append(' ')
            .append(dependent.name())
            .append(" depends on ")
            .append(subject);
      }
    }
    return new SqlException(
            SqlState.DEPENDENT_OBJECTS_STILL_EXIST,
            verb + subject + " because other objects depend on it")
        .withDetail(detail.toString())
        .withHint("Use DROP ... CASCADE to drop the dependent objects too.");
  }

  private void remove(CatalogObject object) {
    if (object instanceof TableDefinition table) {
      transaction.truncate(table.oid());
      remember(table);
    }
    if (object instanceof TableDefinition || object instanceof ViewDefinition) {
      Policies policies = catalog().policies();
      policies.on(object.oid()).forEach(this::remove);
      policies.rowSecurity(object.oid()).ifPresent(this::remove);
    }
    transaction.removeEntry(nameKey(object));
    transaction.removeEntry(key(CatalogJson.kind(object), object.oid()));
  }

  /// Notes where a dropped table is still to be found.
  private void remember(TableDefinition table) {
    if (table.temporary()) {
      return;
    }
    Set<String> known = transaction.view().entries(DroppedTable.PREFIX).keySet();
    if (known.size() >= DroppedTable.MAX_KEPT) {
      transaction.removeEntry(known.iterator().next());
    }
    DroppedTable dropped =
        new DroppedTable(
            table.oid(),
            table.schemaOid(),
            table.name(),
            table.owner(),
            transaction.view().version());
    transaction.putEntry(dropped.key(), dropped.toBytes());
  }

  /// Takes a table that has been brought back off the list of dropped ones.
  public void forgetDropped(DroppedTable dropped) {
    transaction.removeEntry(dropped.key());
  }

  private int nextOid() {
    return oids.next(catalog());
  }

  private void put(CatalogObject object) {
    claimName(object);
    transaction.putEntry(
        key(CatalogJson.kind(object), object.oid()), CatalogJson.toJson(object).toBytes());
  }

  private void claimName(CatalogObject object) {
    String nameKey = nameKey(object);
    if (transaction.view().entry(nameKey).isPresent()) {
      throw alreadyExists(object);
    }
    byte[] oid = Integer.toString(object.oid()).getBytes(StandardCharsets.US_ASCII);
    transaction.putEntry(nameKey, oid);
  }

  /// The error for a name that is taken.
  static SqlException alreadyExists(CatalogObject object) {
    SqlState state =
        switch (object) {
          case Database _ -> SqlState.DUPLICATE_DATABASE;
          case Schema _ -> SqlState.DUPLICATE_SCHEMA;
          case TableDefinition _, ViewDefinition _ -> SqlState.DUPLICATE_TABLE;
          case User _, Group _, Policy _, Attachment _, RowSecurity _ -> SqlState.DUPLICATE_OBJECT;
          case Routine _ -> SqlState.DUPLICATE_FUNCTION;
        };
    String noun =
        switch (object) {
          case TableDefinition _, ViewDefinition _ -> "relation";
          case Group group when group.role() -> "role";
          case Policy policy -> policy.noun();
          default -> CatalogJson.kind(object);
        };
    String message = noun + " \"" + object.name() + "\" already exists";
    return new SqlException(state, message);
  }

  /// The entry that holds a table's definition, which whoever writes rows depends on.
  public static String tableKey(int oid) {
    return key("table", oid);
  }

  private static String key(String kind, int oid) {
    return CatalogReader.PREFIX + kind + "/" + oid;
  }

  /// Where a name is claimed: what may not have the same name shares a space.
  private static String nameKey(CatalogObject object) {
    String space =
        switch (object) {
          case Database _ -> "database";
          case Schema schema -> "schema/" + schema.databaseOid();
          case TableDefinition table when table.temporary() ->
              "temporary/" + table.lifetime().session();
          case TableDefinition table -> "relation/" + table.schemaOid();
          case ViewDefinition view -> "relation/" + view.schemaOid();
          case User _ -> "user";
          case Routine routine -> "routine/" + routine.schemaOid() + "/" + routine.inputTypes();
          case Group group -> group.role() ? "role" : "group";
          case Policy policy -> "policy/" + policy.databaseOid() + "/" + policy.kind();
          case Attachment _ -> "attachment";
          case RowSecurity _ -> "rowsecurity";
        };
    return NAME_PREFIX + space + "/" + object.name();
  }
}

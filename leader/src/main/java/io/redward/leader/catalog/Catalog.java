package io.redward.leader.catalog;

import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// All that exists, as of one snapshot. Immutable and thread-safe, but for one that writes down
/// what is looked up in it ([CatalogReads]), which is one thread's. Names are exact: folding to
/// lower case is the parser's.
public final class Catalog {
  /// The oid of `rdsdb`, the owner of what the warehouse itself brings.
  public static final int SYSTEM_USER = 1;

  /// The superuser a new warehouse has.
  public static final int ADMIN_USER = 100;

  /// The name by which a session's temporary tables may be qualified.
  public static final String TEMPORARY_SCHEMA = "pg_temp";

  /// The name of the schema that a session's temporary tables show.
  public static String temporarySchema(int session) {
    return TEMPORARY_SCHEMA + "_" + session;
  }

  /// Whether a name means the schema of a session's temporary tables.
  public static boolean isTemporarySchema(String name, int session) {
    return name.equals(TEMPORARY_SCHEMA) || name.equals(temporarySchema(session));
  }

  private final Map<Integer, CatalogObject> byOid;
  private final Map<String, Database> databases;
  private final Map<String, User> users;
  private final Map<String, Group> groups;
  private final Policies policies;
  private final Map<Integer, Map<String, Schema>> schemas;
  private final Map<Integer, Map<String, OwnedObject>> relations;
  private final Map<Integer, List<Routine>> routines;
  private final Map<Integer, Map<String, TableDefinition>> temporaryTables;

  private final Map<Integer, List<TableDefinition>> materialized;

  private final Fingerprint fingerprint;
  private final @Nullable CatalogReads reads;

  private Catalog(Catalog original, CatalogReads reads) {
    byOid = original.byOid;
    databases = original.databases;
    users = original.users;
    groups = original.groups;
    schemas = original.schemas;
    relations = original.relations;
    routines = original.routines;
    temporaryTables = original.temporaryTables;
    policies = original.policies;
    materialized = original.materialized;
    fingerprint = original.fingerprint;
    this.reads = reads;
  }

  Catalog(Collection<CatalogObject> objects) {
    this(objects, new Fingerprint(List.of()));
  }

  Catalog(Collection<CatalogObject> objects, Fingerprint fingerprint) {
    this.fingerprint = fingerprint;
    byOid = new HashMap<>();
    databases = new HashMap<>();
    users = new HashMap<>();
    groups = new HashMap<>();
    schemas = new HashMap<>();
    relations = new HashMap<>();
    routines = new HashMap<>();
    temporaryTables = new HashMap<>();
    policies = new Policies();
    materialized = new HashMap<>();
    reads = null;
    for (CatalogObject object : objects) {
      byOid.put(object.oid(), object);
      switch (object) {
        case Database database -> databases.put(database.name(), database);
        case User user -> users.put(user.name(), user);
        case Group group -> groups.put(group.name(), group);
        case Policy _, Attachment _, RowSecurity _ -> policies.add(object);
        case Schema schema ->
            schemas
                .computeIfAbsent(schema.databaseOid(), _ -> new HashMap<>())
                .put(schema.name(), schema);
        case ViewDefinition view -> addRelation(view.schemaOid(), view);
        case Routine routine ->
            routines.computeIfAbsent(routine.schemaOid(), _ -> new ArrayList<>()).add(routine);
        case TableDefinition table -> {
          for (int under :
              table.materialization().map(m -> m.versions().keySet()).orElse(Set.of())) {
            materialized.computeIfAbsent(under, _ -> new ArrayList<>()).add(table);
          }
          if (table.temporary()) {
            temporaryTables
                .computeIfAbsent(table.lifetime().session(), _ -> new HashMap<>())
                .put(table.name(), table);
          } else {
            addRelation(table.schemaOid(), table);
          }
        }
      }
    }
  }

  private void addRelation(int schemaOid, OwnedObject relation) {
    relations.computeIfAbsent(schemaOid, _ -> new HashMap<>()).put(relation.name(), relation);
  }

  public Optional<CatalogObject> object(int oid) {
    return noted(catalog -> catalog.object(oid), Optional.ofNullable(byOid.get(oid)));
  }

  public Optional<Database> database(String name) {
    return noted(catalog -> catalog.database(name), Optional.ofNullable(databases.get(name)));
  }

  public Optional<Schema> schema(int databaseOid, String name) {
    return noted(
        catalog -> catalog.schema(databaseOid, name),
        Optional.ofNullable(schemas.getOrDefault(databaseOid, Map.of()).get(name)));
  }

  /// A table or view that is not temporary.
  public Optional<OwnedObject> relation(int schemaOid, String name) {
    return noted(
        catalog -> catalog.relation(schemaOid, name),
        Optional.ofNullable(relations.getOrDefault(schemaOid, Map.of()).get(name)));
  }

  /// All functions and procedures of a schema, by oid.
  public List<Routine> routines(int schemaOid) {
    return noted(
        catalog -> catalog.routines(schemaOid),
        sorted(routines.getOrDefault(schemaOid, List.of()).stream()));
  }

  /// The functions and procedures of one name, by oid.
  public List<Routine> routines(int schemaOid, String name) {
    return noted(
        catalog -> catalog.routines(schemaOid, name),
        sorted(
            routines.getOrDefault(schemaOid, List.of()).stream()
                .filter(r -> r.name().equals(name))));
  }

  /// A temporary table of a session.
  public Optional<TableDefinition> temporaryTable(int session, String name) {
    return noted(
        catalog -> catalog.temporaryTable(session, name),
        Optional.ofNullable(temporaryTables.getOrDefault(session, Map.of()).get(name)));
  }

  /// The table of this oid, temporary or not.
  public Optional<TableDefinition> table(int oid) {
    return noted(catalog -> catalog.table(oid), typed(oid, TableDefinition.class));
  }

  public Optional<ViewDefinition> view(int oid) {
    return noted(catalog -> catalog.view(oid), typed(oid, ViewDefinition.class));
  }

  public Optional<Schema> schema(int oid) {
    return noted(catalog -> catalog.schema(oid), typed(oid, Schema.class));
  }

  public Optional<User> user(String name) {
    return noted(catalog -> catalog.user(name), Optional.ofNullable(users.get(name)));
  }

  public Optional<User> user(int oid) {
    return noted(catalog -> catalog.user(oid), typed(oid, User.class));
  }

  /// The policies and where they are attached.
  public Policies policies() {
    return noted(catalog -> catalog.policies(), policies);
  }

  public Optional<Group> group(String name) {
    return noted(catalog -> catalog.group(name), Optional.ofNullable(groups.get(name)));
  }

  /// All databases, by oid.
  public List<Database> databases() {
    return noted(catalog -> catalog.databases(), sorted(databases.values().stream()));
  }

  /// All schemas of a database, by oid.
  public List<Schema> schemas(int databaseOid) {
    return noted(
        catalog -> catalog.schemas(databaseOid),
        sorted(schemas.getOrDefault(databaseOid, Map.of()).values().stream()));
  }

  /// All tables and views of a schema that are not temporary, by oid.
  public List<OwnedObject> relations(int schemaOid) {
    return noted(
        catalog -> catalog.relations(schemaOid),
        sorted(relations.getOrDefault(schemaOid, Map.of()).values().stream()));
  }

  /// All temporary tables of a session, by oid.
  public List<TableDefinition> temporaryTables(int session) {
    return noted(
        catalog -> catalog.temporaryTables(session),
        sorted(temporaryTables.getOrDefault(session, Map.of()).values().stream()));
  }

  /// All temporary tables of all sessions, by oid.
  public List<TableDefinition> temporaryTables() {
    return noted(
        catalog -> catalog.temporaryTables(),
        sorted(temporaryTables.values().stream().flatMap(tables -> tables.values().stream())));
  }

  public List<User> users() {
    return noted(catalog -> catalog.users(), sorted(users.values().stream()));
  }

  public List<Group> groups() {
    return noted(catalog -> catalog.groups(), sorted(groups.values().stream()));
  }

  /// Every object, by oid.
  public List<CatalogObject> objects() {
    return noted(catalog -> catalog.objects(), sorted(byOid.values().stream()));
  }

  /// The highest oid in use.
  public int highestOid() {
    return noted(
        catalog -> catalog.highestOid(),
        byOid.keySet().stream().mapToInt(Integer::intValue).max().orElse(0));
  }

  /// Materialized views that hold what a query made of the table's rows, itself or by others.
  public List<TableDefinition> materializedOver(int table) {
    return noted(
        catalog -> catalog.materializedOver(table),
        sorted(materialized.getOrDefault(table, List.of()).stream()));
  }

  /// Views, materialized ones too, that read the table or view, directly.
  public List<OwnedObject> dependents(int oid) {
    return noted(
        catalog -> catalog.dependents(oid),
        sorted(
            byOid.values().stream()
                .filter(object -> dependencies(object).contains(oid))
                .map(OwnedObject.class::cast)));
  }

  /// An enforced foreign key of a table.
  public record KeyReference(TableDefinition table, TableConstraint.ForeignKey key) {}

  /// Enforced foreign keys that reference a table.
  public List<KeyReference> referencesTo(int oid) {
    List<KeyReference> references = new ArrayList<>();
    for (CatalogObject object : byOid.values()) {
      if (object instanceof TableDefinition table) {
        for (TableConstraint constraint : table.constraints()) {
          if (constraint instanceof TableConstraint.ForeignKey key
              && key.enforced()
              && key.referencedTable() == oid) {
            references.add(new KeyReference(table, key));
          }
        }
      }
    }
    return noted(catalog -> catalog.referencesTo(oid), List.copyOf(references));
  }

  /// The same for catalogs that hold the same, temporary tables apart, in any process.
  public String fingerprint() {
    return noted(catalog -> catalog.fingerprint(), fingerprint.text());
  }

  /// The same catalog; what is looked up in it goes into `reads`.
  public Catalog recordingInto(CatalogReads reads) {
    return new Catalog(this, reads);
  }

  /// To write down what is looked up.
  public CatalogReads newReads() {
    return new CatalogReads(this);
  }

  /// As though all but temporary tables had been looked up.
  public CatalogReads wholeRead() {
    CatalogReads whole = new CatalogReads(this);
    whole.add(catalog -> catalog.fingerprint(), fingerprint());
    return whole;
  }

  private <T> T noted(Function<Catalog, Object> lookup, T answer) {
    CatalogReads known = reads;
    if (known != null) {
      known.add(lookup, answer);
    }
    return answer;
  }

  private static List<Integer> dependencies(CatalogObject object) {
    return switch (object) {
      case ViewDefinition view -> List.copyOf(view.dependencies());
      case TableDefinition table ->
          table.materialization().map(Materialization::dependencies).orElse(List.of());
      case CatalogObject _ -> List.of();
    };
  }

  private static <T extends CatalogObject> List<T> sorted(Stream<T> objects) {
    return objects.sorted(Comparator.comparingInt(CatalogObject::oid)).toList();
  }

  private <T extends CatalogObject> Optional<T> typed(int oid, Class<T> type) {
    @Nullable CatalogObject object = byOid.get(oid);
    return type.isInstance(object) ? Optional.of(type.cast(object)) : Optional.empty();
  }
}

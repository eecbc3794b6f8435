package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.signature.LastRun;
import io.redward.functions.signature.PriorityTarget;
import io.redward.functions.signature.PrivilegeKind;
import io.redward.functions.signature.SeededNumbers;
import io.redward.functions.signature.SessionFunctions;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Comments;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.User;
import io.redward.leader.catalog.ViewDefinition;
import io.redward.leader.system.TableKeys;
import io.redward.leader.system.WellKnownFunctions;
import io.redward.spi.SystemTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Answers the functions that look into the catalog (`pg_get_userbyid`, `has_table_privilege`,
/// `::regclass`) for one session.
final class CatalogFunctions implements SessionFunctions {
  private static final Set<String> ASSUMING_COMMANDS =
      Set.of("COPY", "UNLOAD", "EXTERNAL FUNCTION", "CREATE MODEL");

  private final LeaderSession session;
  private volatile Optional<SeededNumbers> seeded = Optional.empty();

  CatalogFunctions(LeaderSession session) {
    this.session = session;
  }

  private Catalog catalog() {
    return session.transaction().catalog();
  }

  @Override
  public Optional<String> userName(int oid) {
    return catalog().user(oid).map(User::name);
  }

  @Override
  public Optional<String> groupName(int oid) {
    return catalog().object(oid).filter(Group.class::isInstance).map(CatalogObject::name);
  }

  @Override
  public Optional<Integer> userId(String name) {
    return catalog().user(name).map(User::oid);
  }

  @Override
  public boolean isMember(String member, String role) {
    return new PrivilegeQuestions(session).isMember(member, role);
  }

  @Override
  public boolean isVisible(int relation) {
    Optional<CatalogObject> object = catalog().object(relation);
    if (object.isEmpty()) {
      return systemTable(relation).isPresent();
    }
    int schemaOid =
        switch (object.get()) {
          case TableDefinition table -> table.schemaOid();
          case ViewDefinition view -> view.schemaOid();
          default -> 0;
        };
    List<String> path = schemas(true);
    return catalog().schema(schemaOid).map(s -> path.contains(s.name())).orElse(false);
  }

  private Optional<SystemTable> systemTable(int oid) {
    return session.systemTables().all().stream().filter(t -> t.oid() == oid).findFirst();
  }

  @Override
  public Optional<String> comment(int object, int column) {
    return Comments.find(session.transaction().snapshot(), object, column);
  }

  @Override
  public Optional<String> viewDefinition(int view) {
    return catalog().view(view).map(ViewDefinition::text);
  }

  @Override
  public String expressionText(String stored, int relation) {
    return stored;
  }

  @Override
  public Optional<String> constraintDefinition(int constraint) {
    return TableKeys.constraintText(catalog(), constraint);
  }

  @Override
  public Optional<String> indexDefinition(int index) {
    return TableKeys.indexText(catalog(), index);
  }

  @Override
  public String setting(String name) {
    return session.settings().get(name);
  }

  @Override
  public Optional<String> settingIfAny(String name) {
    return session.settings().find(name);
  }

  @Override
  public String changeSetting(String name, String value, boolean local) {
    session.settings().set(name, value);
    return value;
  }

  @Override
  public List<String> schemas(boolean withImplicit) {
    List<String> schemas = new ArrayList<>();
    if (withImplicit) {
      schemas.add("pg_catalog");
    }
    for (String name : session.settings().searchPath(session.user().name())) {
      if (catalog().schema(session.database().oid(), name).isPresent()) {
        schemas.add(name);
      }
    }
    return schemas;
  }

  @Override
  public boolean hasColumnPrivilege(String user, String relation, String column, String privilege) {
    return new PrivilegeQuestions(session).holdsColumn(user, relation, column, privilege);
  }

  @Override
  public boolean hasPrivilege(String user, PrivilegeKind kind, String object, String privilege) {
    return new PrivilegeQuestions(session).holds(user, kind, object, privilege);
  }

  private Optional<OwnedObject> relation(String nameOrOid) {
    if (nameOrOid.chars().allMatch(Character::isDigit)) {
      return catalog()
          .object(Integer.parseInt(nameOrOid))
          .filter(OwnedObject.class::isInstance)
          .map(OwnedObject.class::cast);
    }
    String[] parts = nameOrOid.replace("\"", "").split("\\.");
    String last = parts[parts.length - 1];
    Stream<String> path =
        parts.length > 1 ? Stream.of(parts[parts.length - 2]) : schemas(true).stream();
    return path.flatMap(name -> catalog().schema(session.database().oid(), name).stream())
        .flatMap(s -> catalog().relation(s.oid(), last).stream())
        .findFirst();
  }

  @Override
  public String objectName(String kind, int oid) {
    if (kind.equals("TYPE")) {
      for (TypeKind type : TypeKind.values()) {
        if (type.oid() == oid) {
          return type.sqlName();
        }
      }
    }
    return catalog()
        .object(oid)
        .map(CatalogObject::name)
        .or(() -> systemTable(oid).map(SystemTable::name))
        .orElse(Integer.toString(oid));
  }

  @Override
  public int objectId(String kind, String name) {
    if (kind.equals("TYPE")) {
      for (TypeKind type : TypeKind.values()) {
        if (type.sqlName().equals(name)) {
          return type.oid();
        }
      }
    }
    String bare = name.replace("pg_catalog.", "");
    if (kind.equals("FUNCTION")) {
      return functionId(bare);
    }
    return relation(name)
        .map(CatalogObject::oid)
        .or(
            () ->
                session.systemTables().all().stream()
                    .filter(t -> t.name().equals(bare))
                    .map(SystemTable::oid)
                    .findFirst())
        .orElseThrow(
            () ->
                new SqlException(
                    SqlState.UNDEFINED_TABLE, "relation \"" + name + "\" does not exist"));
  }

  /// The only function of the system's own with a number is the one by which drivers tell arrays.
  private int functionId(String name) {
    if (name.equals(WellKnownFunctions.ARRAY_INPUT)) {
      return WellKnownFunctions.ARRAY_INPUT_OID;
    }
    String[] parts = name.replace("\"", "").split("\\.");
    String last = parts[parts.length - 1];
    Stream<String> path =
        parts.length > 1 ? Stream.of(parts[parts.length - 2]) : schemas(true).stream();
    return path.flatMap(schema -> catalog().schema(session.database().oid(), schema).stream())
        .flatMap(schema -> catalog().routines(schema.oid()).stream())
        .filter(routine -> routine.name().equals(last))
        .map(CatalogObject::oid)
        .findFirst()
        .orElseThrow(
            () ->
                new SqlException(
                    SqlState.UNDEFINED_FUNCTION, "function \"" + name + "\" does not exist"));
  }

  @Override
  public boolean endSession(int processId, boolean statementOnly) {
    Optional<LeaderSession> other = session.warehouse().session(processId);
    if (other.isEmpty()) {
      return false;
    }
    if (!session.user().superuser() && other.get().user().oid() != session.user().oid()) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "must be superuser to signal other server processes");
    }
    new Audit(session).signal(processId, statementOnly);
    if (statementOnly) {
      other.get().cancel("Query cancelled on user's request");
    } else {
      other
          .get()
          .terminate(
              new SqlException(
                  SqlState.ADMIN_SHUTDOWN, "terminating connection due to administrator command"));
    }
    return true;
  }

  /// Everybody may assume every role: nothing of this kind is granted or revoked.
  @Override
  public boolean mayAssumeRole(String user, String role, String command) {
    if (!user.isEmpty() && catalog().user(user).isEmpty()) {
      throw new SqlException(SqlState.UNDEFINED_OBJECT, "user \"" + user + "\" does not exist");
    }
    if (!ASSUMING_COMMANDS.contains(command)) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "unrecognized command type: \"" + command + "\"");
    }
    return role.startsWith("arn:") || role.equalsIgnoreCase("default");
  }

  @Override
  public String changePriority(PriorityTarget kind, String target, String priority) {
    return new PriorityChanges(session).change(kind, target, priority);
  }

  @Override
  public Optional<SeededNumbers> seeded() {
    return seeded;
  }

  @Override
  public void seed(double seed) {
    seeded = Optional.of(new SeededNumbers(seed));
  }

  @Override
  public long last(LastRun what) {
    return session.lastRuns().get(what);
  }
}

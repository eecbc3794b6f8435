package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.signature.PrivilegeKind;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.RelationColumns;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/// Answers `has_table_privilege` and its kin, and who is a member of what.
final class PrivilegeQuestions {
  private static final String GRANT_OPTION = " WITH GRANT OPTION";
  private static final String ADMIN_OPTION = " WITH ADMIN OPTION";
  private static final Set<String> LANGUAGES = Set.of("sql", "plpgsql", "plpythonu", "exfunc");

  private final LeaderSession session;
  private final Catalog catalog;

  PrivilegeQuestions(LeaderSession session) {
    this.session = session;
    catalog = session.transaction().catalog();
  }

  /// Whether a user or role is a member of a role, be it by way of others.
  boolean isMember(String member, String role) {
    Optional<Group> wanted = catalog.group(role);
    Optional<User> user = catalog.user(member);
    if (wanted.isEmpty()) {
      return false;
    }
    return user.isPresent()
        ? Privileges.grantees(catalog, user.get()).contains(wanted.get().oid())
        : catalog.group(member).map(m -> holds(wanted.get(), m.oid(), 0)).orElse(false);
  }

  private boolean holds(Group role, int member, int depth) {
    return depth <= catalog.groups().size()
        && (role.members().contains(member)
            || role.members().stream()
                .anyMatch(
                    m ->
                        catalog.object(m).orElse(null) instanceof Group inner
                            && holds(inner, member, depth + 1)));
  }

  /// Whether a user, empty for the session's, is a member of a role.
  ///
  /// @param wanted MEMBER or USAGE, perhaps WITH ADMIN OPTION, which nobody has but superusers and
  ///     the role's owner
  private boolean hasRole(String user, String role, String wanted) {
    User holder = user(user);
    Group group =
        (isNumber(role)
                ? catalog
                    .object(Integer.parseInt(role))
                    .filter(Group.class::isInstance)
                    .map(Group.class::cast)
                : catalog.group(role))
            .orElseThrow(() -> missing(SqlState.UNDEFINED_OBJECT, "role", role));
    boolean holds = false;
    for (String word : wanted.split(",")) {
      String privilege = word.strip().toUpperCase(Locale.ROOT);
      boolean passable = privilege.endsWith(ADMIN_OPTION);
      String asked = passable ? privilege.replace(ADMIN_OPTION, "").strip() : privilege;
      if (!asked.equals("MEMBER") && !asked.equals("USAGE")) {
        throw unknown(word.strip());
      }
      holds |=
          holder.superuser()
              || (passable
                  ? group.rights().admins().contains(holder.oid())
                  : Privileges.grantees(catalog, holder).contains(group.oid()));
    }
    return holds;
  }

  private User user(String name) {
    return name.isEmpty()
        ? session.user()
        : catalog.user(name).orElseThrow(() -> missing(SqlState.UNDEFINED_OBJECT, "user", name));
  }

  private static boolean isNumber(String text) {
    return !text.isEmpty() && text.chars().allMatch(Character::isDigit);
  }

  /// @param user empty for the session's
  /// @param wanted privileges separated by commas, each perhaps WITH GRANT OPTION: one is enough
  boolean holds(String user, PrivilegeKind kind, String object, String wanted) {
    if (kind == PrivilegeKind.ROLE) {
      return hasRole(user, object, wanted);
    }
    User holder = user(user);
    List<OwnedObject> objects = isNumber(object) ? numbered(kind, object) : named(kind, object);
    boolean holds = false;
    for (Asked asked : asked(wanted)) {
      holds |= objects.isEmpty() && ofSystem(holder, asked.privilege());
      for (OwnedObject each : objects) {
        holds |=
            kind == PrivilegeKind.ANY_COLUMN && !asked.passable()
                ? Privileges.holdsSome(catalog, holder, each, asked.privilege())
                : holds(holder, each, AccessList.ALL_COLUMNS, asked);
      }
    }
    return holds;
  }

  /// @param column its name, or its number in digits
  boolean holdsColumn(String user, String relation, String column, String wanted) {
    User holder = user(user);
    List<OwnedObject> objects =
        isNumber(relation)
            ? numbered(PrivilegeKind.TABLE, relation)
            : named(PrivilegeKind.TABLE, relation);
    boolean holds = false;
    for (Asked asked : asked(wanted)) {
      holds |= objects.isEmpty() && ofSystem(holder, asked.privilege());
      for (OwnedObject each : objects) {
        holds |= holds(holder, each, column(each, relation, column), asked);
      }
    }
    return holds;
  }

  private static int column(OwnedObject object, String relation, String column) {
    List<RelationColumns.Column> columns = RelationColumns.of(object);
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(column) || Integer.toString(i + 1).equals(column)) {
        return columns.get(i).number();
      }
    }
    throw new SqlException(
        SqlState.UNDEFINED_COLUMN,
        "column \"" + column + "\" of relation \"" + relation + "\" does not exist");
  }

  /// A privilege that is asked for, perhaps with the right to pass it on.
  private record Asked(Privilege privilege, boolean passable) {}

  private static List<Asked> asked(String wanted) {
    List<Asked> all = new ArrayList<>();
    for (String word : wanted.split(",")) {
      String privilege = word.strip().toUpperCase(Locale.ROOT);
      boolean passable = privilege.endsWith(GRANT_OPTION);
      all.add(
          new Asked(
              privilege(passable ? privilege.replace(GRANT_OPTION, "").strip() : privilege),
              passable));
    }
    return all;
  }

  private boolean holds(User holder, OwnedObject object, int column, Asked asked) {
    return asked.passable()
        ? Privileges.mayGrant(catalog, holder, object, column, asked.privilege())
        : Privileges.holds(catalog, holder, object, column, asked.privilege());
  }

  /// The object of an oid; none for the warehouse's own tables and functions.
  private List<OwnedObject> numbered(PrivilegeKind kind, String oid) {
    int number = Integer.parseUnsignedInt(oid);
    Optional<OwnedObject> found =
        catalog.object(number).filter(OwnedObject.class::isInstance).map(OwnedObject.class::cast);
    boolean ofSystem =
        kind == PrivilegeKind.FUNCTION
            || session.systemTables().all().stream().anyMatch(table -> table.oid() == number);
    if (found.isEmpty() && !ofSystem) {
      String noun =
          switch (kind) {
            case SCHEMA, DATABASE, LANGUAGE, ROLE -> kind.name().toLowerCase(Locale.ROOT);
            case TABLE, ANY_COLUMN, FUNCTION -> "relation";
          };
      throw new SqlException(
          SqlState.UNDEFINED_OBJECT, noun + " with OID " + oid + " does not exist");
    }
    return found.stream().toList();
  }

  /// Everybody reads the warehouse's own tables and calls its functions.
  private static boolean ofSystem(User holder, Privilege asked) {
    return holder.superuser()
        || asked == Privilege.SELECT
        || asked == Privilege.USAGE
        || asked == Privilege.EXECUTE;
  }

  private static Privilege privilege(String word) {
    for (Privilege privilege : Privilege.values()) {
      if (privilege.name().equals(word.equals("TEMP") ? "TEMPORARY" : word)) {
        return privilege;
      }
    }
    throw unknown(word);
  }

  private static SqlException unknown(String word) {
    return new SqlException(
        SqlState.INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"" + word + "\"");
  }

  private List<OwnedObject> named(PrivilegeKind kind, String name) {
    String plain = name.replace("\"", "");
    return switch (kind) {
      case SCHEMA ->
          List.of(
              catalog
                  .schema(session.database().oid(), plain)
                  .orElseThrow(() -> missing(SqlState.INVALID_SCHEMA_NAME, "schema", name)));
      case DATABASE ->
          List.of(
              catalog
                  .database(plain)
                  .orElseThrow(() -> missing(SqlState.INVALID_CATALOG_NAME, "database", name)));
      case FUNCTION -> List.copyOf(routines(plain));
      case LANGUAGE -> {
        if (!LANGUAGES.contains(plain.toLowerCase(Locale.ROOT))) {
          throw missing(SqlState.UNDEFINED_OBJECT, "language", name);
        }
        yield List.of();
      }
      case TABLE, ANY_COLUMN, ROLE -> relations(plain);
    };
  }

  private List<OwnedObject> relations(String name) {
    String[] parts = name.split("\\.");
    String last = parts[parts.length - 1];
    Optional<OwnedObject> temporary =
        parts.length == 1
            ? catalog.temporaryTable(session.processId(), last).map(OwnedObject.class::cast)
            : Optional.empty();
    Optional<OwnedObject> found =
        temporary.or(
            () ->
                schemas(parts)
                    .flatMap(s -> catalog.schema(session.database().oid(), s).stream())
                    .flatMap(s -> catalog.relation(s.oid(), last).stream())
                    .findFirst());
    if (found.isPresent()) {
      return List.of(found.get());
    }
    Stream<String> places =
        parts.length == 1 ? Stream.of("pg_catalog") : Stream.of(parts[parts.length - 2]);
    if (places.noneMatch(schema -> session.systemTables().find(schema, last).isPresent())) {
      throw missing(SqlState.UNDEFINED_TABLE, "relation", name);
    }
    return List.of();
  }

  private Stream<String> schemas(String[] parts) {
    return parts.length > 1
        ? Stream.of(parts[parts.length - 2])
        : session.settings().searchPath(session.user().name()).stream();
  }

  /// User-made functions of a signature such as `s.f(integer)`; none for built-in ones.
  private List<Routine> routines(String signature) {
    int bracket = signature.indexOf('(');
    String[] parts =
        (bracket < 0 ? signature : signature.substring(0, bracket)).strip().split("\\.");
    String arguments = bracket < 0 ? "" : signature.substring(bracket + 1).replace(")", "").strip();
    int count = arguments.isEmpty() ? 0 : arguments.split(",").length;
    List<Routine> found = new ArrayList<>();
    schemas(parts)
        .flatMap(s -> catalog.schema(session.database().oid(), s).stream())
        .flatMap(s -> catalog.routines(s.oid(), parts[parts.length - 1]).stream())
        .filter(routine -> bracket < 0 || routine.inputs().size() == count)
        .forEach(found::add);
    return found;
  }

  private static SqlException missing(SqlState state, String noun, String name) {
    return new SqlException(state, noun + " \"" + name + "\" does not exist");
  }
}

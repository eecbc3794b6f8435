package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.OwnedObject;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Routine;
import io.redward.leader.catalog.User;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Answers `has_table_privilege` and its kin, and who is a member of what.
final class PrivilegeQuestions {
  private static final String GRANT_OPTION = " WITH GRANT OPTION";

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

  /// @param user empty for the session's
  /// @param kind TABLE, SCHEMA, DATABASE or FUNCTION
  /// @param wanted privileges separated by commas, each perhaps WITH GRANT OPTION: one is enough
  boolean holds(String user, String kind, String object, String wanted) {
    User holder =
        user.isEmpty()
            ? session.user()
            : catalog
                .user(user)
                .orElseThrow(() -> missing(SqlState.UNDEFINED_OBJECT, "user", user));
    List<OwnedObject> objects =
        object.chars().allMatch(Character::isDigit)
            ? catalog
                .object(Integer.parseInt(object))
                .filter(OwnedObject.class::isInstance)
                .map(OwnedObject.class::cast)
                .stream()
                .toList()
            : named(kind, object);
    boolean holds = false;
    for (String word : wanted.split(",")) {
      String privilege = word.strip().toUpperCase(Locale.ROOT);
      boolean passable = privilege.endsWith(GRANT_OPTION);
      Privilege asked =
          privilege(passable ? privilege.replace(GRANT_OPTION, "").strip() : privilege);
      holds |= objects.isEmpty() && ofSystem(holder, asked);
      for (OwnedObject each : objects) {
        holds |=
            passable
                ? Privileges.mayGrant(catalog, holder, each, AccessList.ALL_COLUMNS, asked)
                : Privileges.holds(catalog, holder, each, asked);
      }
    }
    return holds;
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
    throw new SqlException(
        SqlState.INVALID_PARAMETER_VALUE, "unrecognized privilege type: \"" + word + "\"");
  }

  private List<OwnedObject> named(String kind, String name) {
    String plain = name.replace("\"", "");
    return switch (kind) {
      case "SCHEMA" ->
          List.of(
              catalog
                  .schema(session.database().oid(), plain)
                  .orElseThrow(() -> missing(SqlState.INVALID_SCHEMA_NAME, "schema", name)));
      case "DATABASE" ->
          List.of(
              catalog
                  .database(plain)
                  .orElseThrow(() -> missing(SqlState.INVALID_CATALOG_NAME, "database", name)));
      case "FUNCTION" -> List.copyOf(routines(plain));
      default -> relations(plain);
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

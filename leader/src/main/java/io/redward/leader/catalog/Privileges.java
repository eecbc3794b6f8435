package io.redward.leader.catalog;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.AccessList.Reach;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Who may do what: superusers and owners everything, others what was granted to them, to their
/// groups and roles, or to PUBLIC.
public final class Privileges {
  private Privileges() {}

  /// Whether the user may.
  public static boolean holds(Catalog catalog, User user, OwnedObject object, Privilege privilege) {
    return holds(catalog, user, object, AccessList.ALL_COLUMNS, privilege);
  }

  /// Whether the user may do it to a column, be it by a privilege on the whole relation.
  ///
  /// @param column id of a table's column, number of a view's
  public static boolean holds(
      Catalog catalog, User user, OwnedObject object, int column, Privilege privilege) {
    return user.superuser()
        || object.owner() == user.oid()
        || isGranted(catalog, object, grantees(catalog, user), column, privilege);
  }

  /// Whether the user may do it to the relation or to some of its columns.
  public static boolean holdsSome(
      Catalog catalog, User user, OwnedObject object, Privilege privilege) {
    return user.superuser()
        || object.owner() == user.oid()
        || object.access().allowsSome(grantees(catalog, user), privilege)
        || holds(catalog, user, object, privilege);
  }

  /// Whether the privilege is granted on the object or, as a scoped permission, on its schema or
  /// database.
  private static boolean isGranted(
      Catalog catalog, OwnedObject object, Set<Integer> grantees, int column, Privilege privilege) {
    if (object.access().allows(grantees, column, privilege)) {
      return true;
    }
    return switch (object) {
      case Database _ -> false;
      case Schema schema -> within(catalog, schema, grantees, Reach.SCHEMAS, privilege);
      case TableDefinition t -> scoped(catalog, t.schemaOid(), grantees, Reach.TABLES, privilege);
      case ViewDefinition view ->
          scoped(catalog, view.schemaOid(), grantees, Reach.TABLES, privilege);
      case Routine routine ->
          scoped(catalog, routine.schemaOid(), grantees, reach(routine), privilege);
    };
  }

  private static Reach reach(Routine routine) {
    return routine.kind() == Routine.Kind.FUNCTION ? Reach.FUNCTIONS : Reach.PROCEDURES;
  }

  private static boolean scoped(
      Catalog catalog, int schemaOid, Set<Integer> grantees, Reach reach, Privilege privilege) {
    Optional<Schema> schema = catalog.schema(schemaOid);
    return schema.isPresent()
        && (schema.get().access().allowsWithin(grantees, reach, privilege)
            || within(catalog, schema.get(), grantees, reach, privilege));
  }

  private static boolean within(
      Catalog catalog, Schema schema, Set<Integer> grantees, Reach reach, Privilege privilege) {
    return catalog.object(schema.databaseOid()).orElse(null) instanceof Database database
        && database.access().allowsWithin(grantees, reach, privilege);
  }

  /// Whether one of the user's roles has the system privilege.
  public static boolean holds(Catalog catalog, User user, SystemPrivilege privilege) {
    if (user.superuser()) {
      return true;
    }
    Set<Integer> grantees = grantees(catalog, user);
    return catalog.groups().stream()
        .anyMatch(
            group -> group.rights().system().contains(privilege) && grantees.contains(group.oid()));
  }

  /// Whether nothing of the table is withheld from the user: no column, no row, no value.
  public static boolean readsWhole(Catalog catalog, User user, TableDefinition table) {
    return holds(catalog, user, table, Privilege.SELECT)
        && catalog.policies().isFreeFor(catalog, user, table);
  }

  /// Whether the user sees everybody's rows in system tables.
  public static boolean seesAll(Catalog catalog, User user) {
    return user.account().syslogUnrestricted()
        || holds(catalog, user, SystemPrivilege.ACCESS_SYSTEM_TABLE);
  }

  /// Refuses what only an owner or superuser may do, or whoever holds a privilege on the object or
  /// the system privilege.
  ///
  /// @throws SqlException 42501
  public static void requireOwner(
      Catalog catalog, User user, OwnedObject object, Privilege privilege, SystemPrivilege system) {
    if (!holds(catalog, user, object, privilege) && !holds(catalog, user, system)) {
      requireOwner(user, object);
    }
  }

  /// Whether the user may pass the privilege on.
  public static boolean mayGrant(
      Catalog catalog, User user, OwnedObject object, int column, Privilege privilege) {
    return user.superuser()
        || object.owner() == user.oid()
        || object.access().grantable(grantees(catalog, user), column, privilege);
  }

  /// Refuses what the user may do to no column of the relation.
  ///
  /// @throws SqlException 42501
  public static void requireSome(
      Catalog catalog, User user, OwnedObject object, Privilege privilege) {
    if (!holdsSome(catalog, user, object, privilege)) {
      throw denied(object);
    }
  }

  /// The error of a user who lacks a privilege on the object.
  public static SqlException denied(OwnedObject object) {
    return new SqlException(
        SqlState.INSUFFICIENT_PRIVILEGE,
        "permission denied for " + noun(object) + " " + object.name());
  }

  /// Refuses what the user may not do.
  ///
  /// @throws SqlException 42501
  public static void require(Catalog catalog, User user, OwnedObject object, Privilege privilege) {
    if (!holds(catalog, user, object, privilege)) {
      throw denied(object);
    }
  }

  /// Refuses what only an owner or superuser may do.
  ///
  /// @throws SqlException 42501
  public static void requireOwner(User user, OwnedObject object) {
    if (!user.superuser() && object.owner() != user.oid()) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "must be owner of " + noun(object) + " " + object.name());
    }
  }

  private static String noun(OwnedObject object) {
    return switch (object) {
      case Database _ -> "database";
      case Schema _ -> "schema";
      case TableDefinition _, ViewDefinition _ -> "relation";
      case Routine routine -> routine.kind().name().toLowerCase(Locale.ROOT);
    };
  }

  /// PUBLIC, the user, and the groups and roles the user is in, also by way of other roles.
  public static Set<Integer> grantees(Catalog catalog, User user) {
    Set<Integer> grantees = new HashSet<>(Set.of(AccessList.PUBLIC, user.oid()));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Group group : catalog.groups()) {
        if (!grantees.contains(group.oid())
            && group.members().stream().anyMatch(grantees::contains)) {
          grown |= grantees.add(group.oid());
        }
      }
    }
    return grantees;
  }
}

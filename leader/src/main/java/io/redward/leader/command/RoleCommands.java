package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.User;
import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.AccessStatement.Grantee;
import io.redward.leader.sql.ast.AccessStatement.GranteeKind;
import io.redward.leader.sql.ast.Identifier;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/// Roles: CREATE and ALTER ROLE, granting them, and the system privileges they carry.
final class RoleCommands {
  private final CommandContext context;

  RoleCommands(CommandContext context) {
    this.context = context;
  }

  String create(AccessStatement.CreateRoleStatement statement) {
    context.requireSystem(SystemPrivilege.CREATE_ROLE, "create roles");
    String name = statement.name().name();
    if (name.startsWith("sys:")) {
      throw new SqlException(
              SqlState.RESERVED_NAME, "role name \"" + name + "\" is reserved for system roles")
          .withPosition(statement.position());
    }
    Group created = context.writer().get().createGroup(name, context.user().oid(), true, List.of());
    if (statement.externalId().isPresent()) {
      context
          .writer()
          .get()
          .replace(created.withRights(Group.Rights.NONE.withExternalId(statement.externalId())));
    }
    return "CREATE ROLE";
  }

  String alter(AccessStatement.AlterRoleStatement statement) {
    Group role = role(statement.name());
    requireOwner(role);
    Group changed =
        role.withName(statement.newName().map(Identifier::name).orElse(role.name()))
            .withOwner(statement.newOwner().map(o -> context.user(o).oid()).orElse(role.owner()));
    if (statement.externalId().isPresent()) {
      changed = changed.withRights(role.rights().withExternalId(statement.externalId()));
    }
    context.writer().get().replace(changed);
    return "ALTER ROLE";
  }

  String grant(AccessStatement.GrantRoleStatement statement) {
    for (Identifier name : statement.roles()) {
      requireMayGrant(role(name));
      for (Grantee grantee : statement.grantees()) {
        int member = member(grantee);
        if (statement.withAdminOption() && grantee.kind() == GranteeKind.ROLE) {
          throw new SqlException(
                  SqlState.INVALID_GRANT_OPERATION, "admin option can only be granted to users")
              .withPosition(grantee.position());
        }
        requireNoCircle(role(name), member);
        context.writer().get().replace(role(name).with(member, statement.withAdminOption()));
      }
    }
    return "GRANT";
  }

  String revoke(AccessStatement.RevokeRoleStatement statement) {
    for (Identifier name : statement.roles()) {
      requireMayGrant(role(name));
      for (Grantee grantee : statement.grantees()) {
        int member = member(grantee);
        Group role = role(name);
        context
            .writer()
            .get()
            .replace(
                statement.adminOptionOnly() ? role.withoutOption(member) : role.without(member));
      }
    }
    return "REVOKE";
  }

  /// GRANT and REVOKE of system privileges, which only roles can have.
  void system(List<AccessStatement.Privilege> names, List<Grantee> grantees, boolean granted) {
    context.requireSuperuser("grant or revoke system privileges");
    Set<SystemPrivilege> privileges = EnumSet.noneOf(SystemPrivilege.class);
    names.forEach(name -> privileges.addAll(named(name)));
    for (Grantee grantee : grantees) {
      if (grantee.kind() != GranteeKind.ROLE) {
        throw new SqlException(
                SqlState.INVALID_GRANT_OPERATION,
                "system privileges can only be granted to or revoked from roles")
            .withPosition(grantee.position());
      }
      Group role = role(new Identifier(grantee.name(), false, grantee.position()));
      if (role.name().startsWith("sys:")) {
        throw new SqlException(
            SqlState.INSUFFICIENT_PRIVILEGE, "cannot alter system role \"" + role.name() + "\"");
      }
      Set<SystemPrivilege> changed = new HashSet<>(role.rights().system());
      if (granted) {
        changed.addAll(privileges);
      } else {
        changed.removeAll(privileges);
      }
      context.writer().get().replace(role.withRights(role.rights().withSystem(changed)));
    }
  }

  private static Set<SystemPrivilege> named(AccessStatement.Privilege name) {
    if (name.name().equals("all")) {
      return EnumSet.complementOf(
          EnumSet.of(
              SystemPrivilege.EXPLAIN_RLS,
              SystemPrivilege.IGNORE_RLS,
              SystemPrivilege.EXPLAIN_MASKING));
    }
    return Set.of(
        SystemPrivilege.of(name.name())
            .orElseThrow(
                () ->
                    new SqlException(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "invalid system privilege " + name.name().toUpperCase(Locale.ROOT))));
  }

  /// Refuses to drop a role that somebody has, unless FORCE is said.
  void requireDroppable(Group role, boolean force) {
    requireOwner(role);
    if (role.name().startsWith("sys:")) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "cannot drop system role \"" + role.name() + "\"");
    }
    for (int member : role.members()) {
      Optional<CatalogObject> holder = context.catalog().object(member);
      if (!force && holder.isPresent()) {
        String kind = holder.get() instanceof User ? "user" : "role";
        throw new SqlException(
            SqlState.OBJECT_IN_USE, "cannot drop this role since it has been granted on a " + kind);
      }
    }
  }

  private int member(Grantee grantee) {
    if (grantee.kind() == GranteeKind.GROUP || grantee.kind() == GranteeKind.PUBLIC) {
      throw new SqlException(
              SqlState.INVALID_GRANT_OPERATION, "roles can only be granted to users and roles")
          .withPosition(grantee.position());
    }
    return new AccessCommands(context).grantee(grantee);
  }

  private Group role(Identifier name) {
    return new AccessCommands(context).group(name, true);
  }

  private void requireOwner(Group role) {
    boolean all = Privileges.holds(context.catalog(), context.user(), SystemPrivilege.DROP_ROLE);
    if (!all && !mayGrant(role)) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE, "must be owner of role " + role.name());
    }
  }

  private void requireMayGrant(Group role) {
    if (!mayGrant(role)) {
      throw new SqlException(
          SqlState.INSUFFICIENT_PRIVILEGE,
          "must have admin option on role \"" + role.name() + "\"");
    }
  }

  private boolean mayGrant(Group role) {
    User user = context.user();
    return user.superuser()
        || role.owner() == user.oid()
        || role.rights().admins().contains(user.oid());
  }

  /// A role may not come to hold itself.
  private void requireNoCircle(Group role, int member) {
    Set<Integer> above = new HashSet<>(Set.of(role.oid()));
    boolean grown = true;
    while (grown) {
      grown = false;
      for (Group other : context.catalog().groups()) {
        if (other.members().stream().anyMatch(above::contains)) {
          grown |= above.add(other.oid());
        }
      }
    }
    if (above.contains(member)) {
      throw new SqlException(
          SqlState.INVALID_GRANT_OPERATION,
          "cannot grant this role, a circular dependency was detected between these roles");
    }
  }
}

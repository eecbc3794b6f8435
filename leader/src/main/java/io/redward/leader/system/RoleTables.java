package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.AccessList;
import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.DefaultAccess;
import io.redward.leader.catalog.Group;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.User;
import io.redward.spi.SystemTable;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The `svv_` views of roles: who holds them, what they may do; and of default privileges.
final class RoleTables {
  private static final String CATALOG = "pg_catalog";

  private final SystemView view;

  RoleTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "svv_roles",
            "role_id int4, role_name text, role_owner text, external_id text",
            this::roles),
        of(
            CATALOG,
            "svv_user_grants",
            "user_id int4, user_name text, role_id int4, role_name text, admin_option bool",
            this::userGrants),
        of(
            CATALOG,
            "svv_role_grants",
            "role_id int4, role_name text, granted_role_id int4, granted_role_name text",
            this::roleGrants),
        of(
            CATALOG,
            "svv_system_privileges",
            "system_privilege text, identity_id int4, identity_name text, identity_type text",
            this::systemPrivileges),
        of(
            CATALOG,
            "svv_default_privileges",
            "schema_name text, object_type text, owner_id int4, owner_name text,"
                + " owner_type text, privilege_type text, grantee_id int4, grantee_name text,"
                + " grantee_type text, admin_option bool",
            this::defaults));
  }

  private Catalog catalog() {
    return view.catalog();
  }

  /// The roles the user may know of: all, or the own ones and those held.
  private List<Group> visible() {
    boolean all = Privileges.seesAll(catalog(), view.user());
    Set<Integer> own = Privileges.grantees(catalog(), view.user());
    return catalog().groups().stream()
        .filter(Group::role)
        .filter(role -> all || own.contains(role.oid()) || role.owner() == view.user().oid())
        .toList();
  }

  private void roles(SystemTable.SystemRows out) {
    for (Group role : visible()) {
      out.row(
          role.oid(),
          role.name(),
          PrivilegeTables.name(catalog(), role.owner()),
          role.rights().externalId().orElse(null));
    }
  }

  private void userGrants(SystemTable.SystemRows out) {
    boolean all = Privileges.seesAll(catalog(), view.user());
    for (Group role : visible()) {
      for (int member : role.members()) {
        boolean shown = all || member == view.user().oid();
        if (shown && catalog().object(member).orElse(null) instanceof User user) {
          out.row(
              user.oid(),
              user.name(),
              role.oid(),
              role.name(),
              role.rights().admins().contains(member));
        }
      }
    }
  }

  private void roleGrants(SystemTable.SystemRows out) {
    for (Group role : visible()) {
      for (int member : role.members()) {
        if (catalog().object(member).orElse(null) instanceof Group holder) {
          out.row(holder.oid(), holder.name(), role.oid(), role.name());
        }
      }
    }
  }

  private void systemPrivileges(SystemTable.SystemRows out) {
    for (Group role : visible()) {
      role.rights().system().stream()
          .sorted()
          .forEach(
              privilege ->
                  out.row(
                      privilege.words().toUpperCase(Locale.ROOT), role.oid(), role.name(), "role"));
    }
  }

  private void defaults(SystemTable.SystemRows out) {
    boolean all = Privileges.seesAll(catalog(), view.user());
    Set<Integer> own = Privileges.grantees(catalog(), view.user());
    for (User owner : catalog().users()) {
      for (DefaultAccess defaults : owner.defaults()) {
        for (AccessList.Grant grant : defaults.access().grants()) {
          if (all || owner.oid() == view.user().oid() || own.contains(grant.grantee())) {
            grant.privileges().stream()
                .sorted()
                .forEach(
                    privilege ->
                        out.row(
                            catalog().schema(defaults.schemaOid()).map(Schema::name).orElse(null),
                            type(defaults.kind()),
                            owner.oid(),
                            owner.name(),
                            "user",
                            privilege.name(),
                            grant.grantee(),
                            PrivilegeTables.name(catalog(), grant.grantee()),
                            PrivilegeTables.type(catalog(), grant.grantee()),
                            grant.grantable().contains(privilege)));
          }
        }
      }
    }
  }

  private static String type(AccessList.Reach kind) {
    return switch (kind) {
      case FUNCTIONS -> "FUNCTION";
      case PROCEDURES -> "PROCEDURE";
      default -> "RELATION";
    };
  }
}

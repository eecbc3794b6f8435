package io.redward.leader.catalog;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// The roles every warehouse has.
public enum SystemRole {
  /// Sees all system tables.
  MONITOR(SystemPrivilege.ACCESS_CATALOG, SystemPrivilege.ACCESS_SYSTEM_TABLE),
  /// Keeps the warehouse running.
  OPERATOR(
      SystemPrivilege.ACCESS_CATALOG,
      SystemPrivilege.ACCESS_SYSTEM_TABLE,
      SystemPrivilege.ANALYZE,
      SystemPrivilege.VACUUM,
      SystemPrivilege.CANCEL),
  /// Makes and drops objects.
  DBA(
      SystemPrivilege.ACCESS_CATALOG,
      SystemPrivilege.ACCESS_SYSTEM_TABLE,
      SystemPrivilege.ANALYZE,
      SystemPrivilege.VACUUM,
      SystemPrivilege.CANCEL,
      SystemPrivilege.CREATE_SCHEMA,
      SystemPrivilege.DROP_SCHEMA,
      SystemPrivilege.CREATE_TABLE,
      SystemPrivilege.DROP_TABLE,
      SystemPrivilege.TRUNCATE_TABLE,
      SystemPrivilege.CREATE_OR_REPLACE_FUNCTION,
      SystemPrivilege.CREATE_OR_REPLACE_EXTERNAL_FUNCTION,
      SystemPrivilege.DROP_FUNCTION,
      SystemPrivilege.CREATE_OR_REPLACE_PROCEDURE,
      SystemPrivilege.DROP_PROCEDURE,
      SystemPrivilege.CREATE_OR_REPLACE_VIEW,
      SystemPrivilege.DROP_VIEW,
      SystemPrivilege.CREATE_MODEL,
      SystemPrivilege.DROP_MODEL),
  /// May what superusers may.
  SUPERUSER(SystemPrivilege.values()),
  /// Makes users, roles and policies, without seeing data.
  SECADMIN(
      SystemPrivilege.ACCESS_CATALOG,
      SystemPrivilege.CREATE_USER,
      SystemPrivilege.ALTER_USER,
      SystemPrivilege.DROP_USER,
      SystemPrivilege.CREATE_ROLE,
      SystemPrivilege.DROP_ROLE);

  private final Set<SystemPrivilege> privileges;

  SystemRole(SystemPrivilege... privileges) {
    this.privileges = EnumSet.copyOf(List.of(privileges));
  }

  /// `sys:dba` and so on.
  public String roleName() {
    return "sys:" + name().toLowerCase(Locale.ROOT);
  }

  /// Whether the user holds the role, be it by way of another.
  public boolean isHeldBy(Catalog catalog, User user) {
    return catalog
        .group(roleName())
        .filter(role -> Privileges.grantees(catalog, user).contains(role.oid()))
        .isPresent();
  }

  Group role(int oid) {
    return new Group(
        oid,
        roleName(),
        Catalog.SYSTEM_USER,
        true,
        List.of(),
        Group.Rights.NONE.withSystem(privileges));
  }
}

package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.User;
import io.redward.spi.SystemTable;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// `svl_user_info` and `svv_user_info`: users and what their logins are bound to. Users who are no
/// superusers see themselves only.
final class UserTables {
  private static final String CATALOG = "pg_catalog";

  private final SystemView view;

  UserTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "svl_user_info",
            "usename text, usesysid int4, usecreatedb bool, usesuper bool, usecatupd bool,"
                + " useconnlimit text, syslogaccess text, last_ddl_ts timestamp,"
                + " sessiontimeout int4, external_id text",
            this::users),
        of(
            CATALOG,
            "svv_user_info",
            "user_name text, user_id int4, createdb bool, superuser bool, catalog_update bool,"
                + " connection_limit text, syslog_access text, last_ddl_timestamp timestamp,"
                + " session_timeout int4, external_user_id text",
            this::users));
  }

  private void users(SystemTable.SystemRows out) {
    boolean all = Privileges.seesAll(view.catalog(), view.user());
    for (User user : view.catalog().users()) {
      if (all || view.user().oid() == user.oid()) {
        out.row(
            user.name(),
            user.oid(),
            user.createDatabase(),
            user.superuser(),
            false,
            connectionLimit(user),
            syslogAccess(user),
            null,
            user.account().sessionTimeout().orElse(0),
            user.account().externalId().orElse(null));
      }
    }
  }

  static String connectionLimit(User user) {
    return user.account().connectionLimit().isPresent()
        ? Integer.toString(user.account().connectionLimit().getAsInt())
        : "UNLIMITED";
  }

  static String syslogAccess(User user) {
    return user.superuser() || user.account().syslogUnrestricted() ? "UNRESTRICTED" : "RESTRICTED";
  }

  static @Nullable Long validUntil(User user) {
    return user.account().validUntil().isPresent() ? user.account().validUntil().getAsLong() : null;
  }

  /// ALTER USER … SET, as an array.
  static @Nullable String settings(User user) {
    return user.settings().isEmpty()
        ? null
        : user.settings().entrySet().stream()
            .sorted(Map.Entry.comparingByKey())
            .map(setting -> setting.getKey() + "=" + setting.getValue())
            .collect(Collectors.joining(",", "{", "}"));
  }
}

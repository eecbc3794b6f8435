package io.redward.leader.system;

import io.redward.leader.system.AccessLog.Connection;
import io.redward.leader.system.AccessLog.PolicyUse;
import io.redward.leader.system.AccessLog.UserChange;
import java.util.Map;

/// The audit log's views: connections, changes of users, policies applied.
final class AccessViews {
  private AccessViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stl_connection_log", AccessViews::connections);
    readers.put("sys_connection_log", AccessViews::connections);
    readers.put("stl_userlog", AccessViews::users);
    readers.put("sys_userlog", AccessViews::users);
    readers.put("svv_rls_applied_policy", AccessViews::policies);
  }

  private static void connections(ViewRows out) {
    for (Connection c : out.view().accesses().connections()) {
      int port = c.address().lastIndexOf(':');
      String host = port < 0 ? c.address() : c.address().substring(0, port);
      out.add(
          row ->
              row.set("event", c.event())
                  .setIfThere("recordtime", c.at())
                  .setIfThere("record_time", c.at())
                  .setIfThere("remotehost", host)
                  .setIfThere("remote_host", host)
                  .setIfThere("remoteport", port < 0 ? "" : c.address().substring(port + 1))
                  .setIfThere("remote_port", port < 0 ? "" : c.address().substring(port + 1))
                  .setIfThere("pid", c.processId())
                  .setIfThere("session_id", c.processId())
                  .setIfThere("dbname", c.database())
                  .setIfThere("database_name", c.database())
                  .setIfThere("username", c.user())
                  .setIfThere("user_name", c.user())
                  .setIfThere("authmethod", "password")
                  .setIfThere("auth_method", "password")
                  .set("duration", c.micros())
                  .set("application_name", c.application()));
    }
  }

  private static void users(ViewRows out) {
    for (UserChange c : out.view().accesses().userChanges()) {
      Long validUntil = c.validUntil().isPresent() ? c.validUntil().getAsLong() : null;
      out.add(
          row ->
              row.setIfThere("userid", c.userOid())
                  .setIfThere("user_id", c.userOid())
                  .setIfThere("username", c.name())
                  .setIfThere("user_name", c.name())
                  .setIfThere("oldusername", c.oldName().orElse(""))
                  .setIfThere("original_user_name", c.oldName().orElse(""))
                  .set("action", c.action())
                  .setIfThere("usecreatedb", c.createDatabase())
                  .setIfThere("has_create_db_privs", c.createDatabase())
                  .setIfThere("usesuper", c.superuser())
                  .setIfThere("is_superuser", c.superuser())
                  .setIfThere("usecatupd", 0)
                  .setIfThere("has_update_catalog_privs", 0)
                  .setIfThere("valuntil", validUntil)
                  .setIfThere("password_expiration", validUntil)
                  .setIfThere("pid", c.processId())
                  .setIfThere("session_id", c.processId())
                  .setIfThere("xid", c.transactionId())
                  .setIfThere("transaction_id", c.transactionId())
                  .setIfThere("recordtime", c.at())
                  .setIfThere("record_time", c.at()));
    }
  }

  private static void policies(ViewRows out) {
    for (PolicyUse u : out.view().accesses().policyUses()) {
      out.add(
          row ->
              row.set("username", u.issuer().user())
                  .set("query", u.queryId())
                  .set("xid", u.transactionId())
                  .set("pid", u.issuer().processId())
                  .set("recordtime", u.at())
                  .set("command", Character.toString(u.command()))
                  .set("datname", u.issuer().database())
                  .set("relschema", u.schema())
                  .set("relname", u.relation())
                  .set("polname", u.policy().orElse(""))
                  .set("poldefault", u.policy().isPresent() ? "t" : "f"));
    }
  }
}

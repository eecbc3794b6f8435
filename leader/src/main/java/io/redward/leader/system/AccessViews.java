package io.redward.leader.system;

import io.redward.leader.catalog.DefaultAccess;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.User;
import io.redward.leader.system.AccessLog.Connection;
import io.redward.leader.system.AccessLog.PolicyUse;
import io.redward.leader.system.AccessLog.UserChange;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// The audit log's views: connections, changes of users, policies applied.
final class AccessViews {
  private AccessViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("stl_connection_log", AccessViews::connections);
    readers.put("sys_connection_log", AccessViews::connections);
    readers.put("stl_userlog", AccessViews::users);
    readers.put("sys_userlog", AccessViews::users);
    readers.put("svv_rls_applied_policy", AccessViews::policies);
    readers.put("sys_applied_masking_policy_log", AccessViews::masks);
    readers.put("svl_terminate", AccessViews::signals);
    readers.put("stl_undone", AccessViews::undone);
    readers.put("pg_default_acl", AccessViews::defaults);
    readers.put("svl_stored_proc_messages", AccessViews::messages);
    readers.put("sys_procedure_messages", AccessViews::messages);
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
                  .setIfThere("authmethod", c.client().method())
                  .setIfThere("auth_method", c.client().method())
                  .setIfThere("sslversion", known(c.client().tls()))
                  .setIfThere("ssl_version", known(c.client().tls()))
                  .setIfThere("sslcipher", known(c.client().cipher()))
                  .setIfThere("ssl_cipher", known(c.client().cipher()))
                  .set("os_version", known(c.client().os()))
                  .set("driver_version", known(c.client().driver()))
                  .set("plugin_name", known(c.client().plugin()))
                  .set("protocol_version", c.client().protocol())
                  .set("duration", c.micros())
                  .set("application_name", c.application()));
    }
  }

  private static @Nullable String known(String text) {
    return text.isEmpty() ? null : text;
  }

  /// Of everybody, for those who see everything.
  private static void masks(ViewRows out) {
    if (!Privileges.seesAll(out.view().catalog(), out.view().user())) {
      return;
    }
    Map<Integer, UUID> uuids = new HashMap<>();
    out.view().log().ended().forEach(e -> uuids.put(e.queryId(), e.uuid()));
    for (PolicyUse use : out.view().accesses().maskUses()) {
      out.add(
          row ->
              row.set("policy_name", use.policy().orElse(""))
                  .set("query_uuid", uuids.get(use.queryId()))
                  .set("user_id", use.issuer().userOid())
                  .set("record_time", use.at())
                  .set("session_id", use.issuer().processId())
                  .set("transaction_id", use.transactionId())
                  .set("query_id", use.queryId())
                  .set("database_name", use.issuer().database())
                  .set("schema_name", use.schema())
                  .set("relation_name", use.relation())
                  .set("relation_kind", use.kind()));
    }
  }

  private static void signals(ViewRows out) {
    for (AccessLog.Signal signal : out.view().accesses().signals()) {
      if (out.visible(signal.userOid())) {
        out.add(
            row ->
                row.set("pid", signal.processId())
                    .set("eventtime", signal.at())
                    .set("userid", signal.userOid())
                    .set("type", signal.type()));
      }
    }
  }

  private static void undone(ViewRows out) {
    for (AccessLog.Undone transaction : out.view().accesses().undone()) {
      if (out.visible(transaction.issuer().userOid())) {
        out.add(
            row ->
                row.set("userid", transaction.issuer().userOid())
                    .set("xact_id", transaction.transactionId())
                    .set("xact_id_undone", transaction.transactionId())
                    .set("undo_start_ts", transaction.start())
                    .set("undo_end_ts", transaction.end())
                    .set("table_id", -1));
      }
    }
  }

  private static void defaults(ViewRows out) {
    AccessText texts = new AccessText(out.view().catalog());
    for (User user : out.view().catalog().users()) {
      for (DefaultAccess access : user.defaults()) {
        out.add(
            row ->
                row.set("oid", user.oid() * 16 + access.kind().ordinal())
                    .set("defacluser", user.oid())
                    .set("defaclnamespace", access.schemaOid())
                    .set(
                        "defaclobjtype",
                        switch (access.kind()) {
                          case FUNCTIONS -> "f";
                          case PROCEDURES -> "p";
                          default -> "r";
                        })
                    .set("defaclacl", texts.ofDefaults(user.oid(), access.access())));
      }
    }
  }

  private static void messages(ViewRows out) {
    Map<Integer, QueryLog.Entry> calls = new HashMap<>();
    StatementViews.ended(out).forEach(e -> calls.put(e.queryId(), e));
    for (ProcedureMessage message : out.view().log().messages()) {
      if (out.visible(message.issuer().userOid())) {
        QueryLog.Entry call = calls.get(message.queryId());
        out.add(
            row ->
                row.setIfThere("userid", message.issuer().userOid())
                    .setIfThere("session_userid", message.issuer().userOid())
                    .setIfThere("pid", message.issuer().processId())
                    .setIfThere("xid", message.transactionId())
                    .setIfThere("message_xid", message.transactionId())
                    .setIfThere("transaction_id", message.transactionId())
                    .setIfThere("query", message.queryId())
                    .setIfThere("query_id", message.queryId())
                    .setIfThere("recordtime", message.at())
                    .setIfThere("record_time", message.at())
                    .setIfThere("loglevel", number(message.level()))
                    .setIfThere("loglevel_text", message.level())
                    .setIfThere("log_level", message.level())
                    .set("message", message.text())
                    .setIfThere("querytext", call == null ? "" : call.text())
                    .setIfThere("query_uuid", call == null ? null : call.uuid())
                    .setIfThere("label", call == null ? "" : call.queryGroup())
                    .setIfThere("aborted", call != null && call.failed() ? 1 : 0));
      }
    }
  }

  /// The levels' numbers, as documented.
  private static int number(String level) {
    return switch (level) {
      case "LOG" -> 20;
      case "INFO" -> 30;
      case "NOTICE" -> 40;
      case "WARNING" -> 50;
      case "EXCEPTION" -> 60;
      default -> 10;
    };
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

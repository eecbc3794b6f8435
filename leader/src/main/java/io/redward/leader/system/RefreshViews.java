package io.redward.leader.system;

import java.time.Duration;
import java.util.Map;

/// What refreshes of materialized views have done, and what stood in their way.
final class RefreshViews {
  private RefreshViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("svl_mv_refresh_status", RefreshViews::status);
    readers.put("sys_mv_refresh_history", RefreshViews::history);
    readers.put("stl_mv_state", RefreshViews::states);
    readers.put("sys_mv_state", RefreshViews::states);
    readers.put("svv_mv_dependency", RefreshViews::dependencies);
  }

  private static void status(ViewRows out) {
    for (ViewRefresh e : out.view().log().refreshes()) {
      if (out.visible(e.issuer().userOid())) {
        out.add(
            row ->
                row.set("db_name", e.issuer().database())
                    .set("userid", e.issuer().userOid())
                    .set("schema_name", e.schema())
                    .set("mv_name", e.name())
                    .set("xid", e.transactionId())
                    .set("starttime", e.start())
                    .set("endtime", e.end())
                    .set("status", e.status())
                    .set("refresh_type", type(e)));
      }
    }
  }

  private static void history(ViewRows out) {
    for (ViewRefresh e : out.view().log().refreshes()) {
      if (out.visible(e.issuer().userOid())) {
        out.add(
            row ->
                row.set("user_id", e.issuer().userOid())
                    .set("session_id", e.issuer().processId())
                    .set("transaction_id", e.transactionId())
                    .set("database_name", e.issuer().database())
                    .set("schema_name", e.schema())
                    .set("mv_id", e.view())
                    .set("mv_name", e.name())
                    .set("refresh_type", type(e))
                    .set("status", e.status())
                    .set("start_time", e.start())
                    .set("end_time", e.end())
                    .set("duration", Duration.between(e.start(), e.end()).toNanos() / 1_000));
      }
    }
  }

  private static String type(ViewRefresh refresh) {
    return refresh.automatic() ? "Auto" : "Manual";
  }

  /// The rows of `stv_mv_deps`: which relations each materialized view reads.
  private static void dependencies(ViewRows out) {
    new SessionSystemTables(out.view())
        .find("pg_catalog", "stv_mv_deps")
        .orElseThrow()
        .read(
            cells ->
                out.add(
                    row ->
                        row.set("database_name", cells[0])
                            .set("schema_name", cells[1])
                            .set("name", cells[2])
                            .set("dependent_database_name", cells[0])
                            .set("dependent_schema_name", cells[3])
                            .set("dependent_name", cells[4])));
  }

  private static void states(ViewRows out) {
    for (ViewState e : out.view().log().viewStates()) {
      if (out.visible(e.issuer().userOid())) {
        out.add(
            row ->
                row.setIfThere("userid", e.issuer().userOid())
                    .setIfThere("user_id", e.issuer().userOid())
                    .setIfThere("starttime", e.at())
                    .setIfThere("start_time", e.at())
                    .setIfThere("xid", e.transactionId())
                    .setIfThere("transaction_id", e.transactionId())
                    .setIfThere("db_name", e.issuer().database())
                    .setIfThere("database_name", e.issuer().database())
                    .setIfThere("base_table_database_name", e.issuer().database())
                    .set("event_desc", e.event())
                    .set("base_table_schema", e.base().schema())
                    .set("base_table_name", e.base().name())
                    .set("mv_schema", e.view().schema())
                    .set("mv_name", e.view().name())
                    .set("state", e.state()));
      }
    }
  }
}

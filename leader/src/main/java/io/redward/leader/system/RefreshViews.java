package io.redward.leader.system;

import io.redward.leader.catalog.CatalogObject;
import io.redward.leader.system.RefreshLog.Entry;
import java.time.Duration;
import java.util.Map;

/// What refreshes of materialized views have done.
final class RefreshViews {
  private RefreshViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("svl_mv_refresh_status", RefreshViews::status);
    readers.put("sys_mv_refresh_history", RefreshViews::history);
  }

  private static void status(ViewRows out) {
    for (Entry e : out.view().refreshes().entries()) {
      if (out.visible(e.issuer().userOid())) {
        out.add(
            row ->
                row.set("db_name", e.issuer().database())
                    .set("userid", e.issuer().userOid())
                    .set("schema_name", schema(out, e))
                    .set("mv_name", e.view().name())
                    .set("xid", e.transactionId())
                    .set("starttime", e.start())
                    .set("endtime", e.end())
                    .set("status", e.status())
                    .set("refresh_type", type(e)));
      }
    }
  }

  private static void history(ViewRows out) {
    for (Entry e : out.view().refreshes().entries()) {
      if (out.visible(e.issuer().userOid())) {
        out.add(
            row ->
                row.set("user_id", e.issuer().userOid())
                    .set("session_id", e.issuer().processId())
                    .set("transaction_id", e.transactionId())
                    .set("database_name", e.issuer().database())
                    .set("schema_name", schema(out, e))
                    .set("mv_id", e.view().oid())
                    .set("mv_name", e.view().name())
                    .set("refresh_type", type(e))
                    .set("status", e.status())
                    .set("start_time", e.start())
                    .set("end_time", e.end())
                    .set("duration", Duration.between(e.start(), e.end()).toNanos() / 1_000));
      }
    }
  }

  private static String type(Entry entry) {
    return entry.automatic() ? "Auto" : "Manual";
  }

  private static String schema(ViewRows out, Entry entry) {
    return out.view()
        .catalog()
        .object(entry.view().schemaOid())
        .map(CatalogObject::name)
        .orElse("");
  }
}

package io.redward.leader.system;

import io.redward.leader.catalog.Catalog;
import io.redward.leader.catalog.Privilege;
import io.redward.leader.catalog.Privileges;
import io.redward.leader.catalog.Schema;
import io.redward.leader.system.AccessLog.QuotaViolation;
import java.util.Map;

/// Quotas of schemas, what is used of them, and transactions that they have stopped.
final class QuotaViews {
  private QuotaViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("svv_schema_quota_state", QuotaViews::states);
    readers.put("svv_redshift_schema_quota", QuotaViews::states);
    readers.put("stl_schema_quota_violations", QuotaViews::violations);
    readers.put("sys_schema_quota_violations", QuotaViews::violations);
  }

  /// Schemas with a quota that the user may use.
  private static void states(ViewRows out) {
    SystemView view = out.view();
    Catalog catalog = view.catalog();
    for (Schema schema : catalog.schemas(view.database().oid())) {
      if (schema.quota() > 0 && Privileges.holds(catalog, view.user(), schema, Privilege.USAGE)) {
        long used = SchemaUsage.megabytes(SchemaUsage.bytes(catalog, schema, view.snapshot()));
        out.add(
            row ->
                row.set("schema_name", schema.name())
                    .setIfThere("database_name", view.database().name())
                    .setIfThere("schema_id", schema.oid())
                    .setIfThere("schema_owner", schema.owner())
                    .set("quota", schema.quota())
                    .set("disk_usage", used)
                    .setIfThere("disk_usage_pct", percent(used, schema)));
      }
    }
  }

  private static double percent(long used, Schema schema) {
    return Math.round(10_000.0 * used / schema.quota()) / 100.0;
  }

  private static void violations(ViewRows out) {
    for (QuotaViolation v : out.view().accesses().quotaViolations()) {
      if (out.visible(v.issuer().userOid())) {
        Schema schema = v.schema();
        out.add(
            row ->
                row.set("schema_id", schema.oid())
                    .set("schema_name", schema.name())
                    .set("quota", schema.quota())
                    .set("disk_usage", v.megabytes())
                    .setIfThere("disk_usage_pct", percent(v.megabytes(), schema))
                    .setIfThere("ownerid", schema.owner())
                    .setIfThere("owner_id", schema.owner())
                    .setIfThere("userid", v.issuer().userOid())
                    .setIfThere("user_id", v.issuer().userOid())
                    .setIfThere("xid", v.transactionId())
                    .setIfThere("transaction_id", v.transactionId())
                    .setIfThere("pid", v.issuer().processId())
                    .setIfThere("session_id", v.issuer().processId())
                    .setIfThere("timestamp", v.at())
                    .setIfThere("record_time", v.at()));
      }
    }
  }
}

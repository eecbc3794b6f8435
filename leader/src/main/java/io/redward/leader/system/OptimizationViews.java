package io.redward.leader.system;

import io.redward.leader.catalog.Database;
import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.storage.table.VacuumRequest;
import io.redward.storage.table.VacuumRun;
import java.util.Map;
import java.util.Optional;

/// What the warehouse has done to tables by itself, and what vacuums have left of them.
final class OptimizationViews {
  private static final int BLOCK_SHIFT = 20;

  private OptimizationViews() {}

  static void register(Map<String, DescribedViews.Reader> readers) {
    readers.put("sys_auto_table_optimization", OptimizationViews::changes);
    readers.put("sys_automatic_optimization", OptimizationViews::tasks);
    readers.put("svl_vacuum_percentage", OptimizationViews::percentages);
  }

  private static void changes(ViewRows out) {
    for (WorkerLog.Entry entry : out.view().worker().entries()) {
      out.add(
          row ->
              row.set("table_id", entry.table())
                  .set("alter_table_type", entry.type())
                  .set("status", entry.status())
                  .set("event_time", entry.at())
                  .set("alter_from", entry.previous()));
    }
  }

  private static void tasks(ViewRows out) {
    for (WorkerLog.Entry entry : out.view().worker().entries()) {
      String type =
          switch (entry.type()) {
            case "sortkey" -> "AutoAlterTableTaskSortkey";
            case "distkey" -> "AutoAlterTableTaskDistkey";
            default -> "AutoAlterTableTaskEncode";
          };
      String event =
          switch (entry.status()) {
            case "Start" -> "Started";
            case "Complete" -> "Completed";
            default -> "Failed";
          };
      out.add(
          row ->
              task(row, out, entry.table(), type)
                  .set("event", event)
                  .set("event_time", entry.at())
                  .set("status", event.equals("Started") ? "" : entry.status())
                  .set("task_details", entry.previous()));
    }
    for (VacuumRun run : out.view().vacuums()) {
      if (run.request().cause() == VacuumRequest.Cause.AUTOMATIC) {
        vacuum(out, run);
      }
    }
  }

  private static void vacuum(ViewRows out, VacuumRun run) {
    int table = (int) run.tableId();
    String type = run.request().sort() ? "VacuumSort" : "VacuumDelete";
    out.add(
        row ->
            task(row, out, table, type)
                .set("event", "Started")
                .set("event_time", run.startedAt())
                .set("status", ""));
    run.endedAt()
        .ifPresent(
            end -> {
              boolean failed = run.stage() == VacuumRun.Stage.FAILED;
              out.add(
                  row ->
                      task(row, out, table, type)
                          .set("event", failed ? "Failed" : "Completed")
                          .set("event_time", end)
                          .set("status", run.stage().text()));
            });
  }

  private static ViewRow task(ViewRow row, ViewRows out, int table, String type) {
    return row.set("session_id", 0)
        .set("database_name", database(out, table))
        .set("object_type", "table")
        .set("object_ids", table)
        .set("task_type", type)
        .set("compute_type", "primary")
        .set("task_details", "");
  }

  private static String database(ViewRows out, int table) {
    Optional<Schema> schema =
        out.view()
            .catalog()
            .table(table)
            .map(TableDefinition::schemaOid)
            .flatMap(oid -> out.view().catalog().schema(oid));
    return schema
        .flatMap(found -> out.view().catalog().object(found.databaseOid()))
        .filter(Database.class::isInstance)
        .map(object -> ((Database) object).name())
        .orElse("");
  }

  /// Blocks after a vacuum in percent of those before it.
  private static void percentages(ViewRows out) {
    for (VacuumRun run : out.view().vacuums()) {
      if (run.request().cause() == VacuumRequest.Cause.USER && run.endedAt().isPresent()) {
        long before = blocks(run.before());
        long after = blocks(run.after());
        out.add(
            row ->
                row.set("xid", run.id())
                    .set("table_id", run.tableId())
                    .set("percentage", before == 0 ? 100 : 100 * after / before));
      }
    }
  }

  private static long blocks(VacuumRun.Measure measure) {
    return (measure.bytes() + (1 << BLOCK_SHIFT) - 1) >> BLOCK_SHIFT;
  }
}

package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.advice.Recommendation;
import io.redward.leader.catalog.TableDefinition;
import io.redward.spi.SystemTable;
import io.redward.storage.table.VacuumRequest;
import io.redward.storage.table.VacuumRun;
import java.util.List;
import java.util.Locale;

/// What the warehouse does to tables by itself: `svl_auto_worker_action`, and advice,
/// `svv_alter_table_recommendations`.
final class WorkerTables {
  private static final String CATALOG = "pg_catalog";

  private final SystemView view;

  WorkerTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "svl_auto_worker_action",
            "table_id int4, type char(32), status char(128), eventtime timestamp, sequence int4,"
                + " previous_state char(200)",
            this::actions),
        of(
            CATALOG,
            "svv_alter_table_recommendations",
            "type char(30), database char(128), table_id int4, group_id int4, ddl char(1024),"
                + " auto_eligible char, reason varchar",
            this::recommendations));
  }

  /// Of the user's own tables in this database; of all, for a superuser.
  private void recommendations(SystemTable.SystemRows out) {
    for (Recommendation advice : view.recommendations()) {
      TableDefinition table = advice.table();
      boolean here =
          view.catalog()
              .schema(table.schemaOid())
              .filter(schema -> schema.databaseOid() == view.database().oid())
              .isPresent();
      boolean shown = view.user().superuser() || view.user().oid() == table.owner();
      if (here && shown) {
        out.row(
            advice.kind() == Recommendation.Kind.DISTKEY ? "diststyle" : "sortkey",
            view.database().name(),
            table.oid(),
            advice.group(),
            ViewRow.cut(advice.ddl(), 1_024),
            advice.automatic() ? "t" : "f",
            advice.reason());
      }
    }
  }

  private void actions(SystemTable.SystemRows out) {
    for (WorkerLog.Entry entry : view.worker().entries()) {
      out.row(
          entry.table(),
          entry.type(),
          ViewRow.cut(entry.status(), 128),
          ViewRow.micros(entry.at()),
          entry.sequence(),
          ViewRow.cut(entry.previous(), 200));
    }
    running(out);
  }

  /// How far the running one is.
  private void running(SystemTable.SystemRows out) {
    for (VacuumRun run : view.vacuums()) {
      if (run.request().cause() == VacuumRequest.Cause.ALTERED && run.endedAt().isEmpty()) {
        view.worker().entries().stream()
            .filter(entry -> entry.table() == run.tableId())
            .reduce((_, last) -> last)
            .ifPresent(
                entry ->
                    out.row(
                        entry.table(),
                        entry.type(),
                        String.format(
                            Locale.ROOT, "Checkpoint: progress %.3f%%", 100 * run.progress()),
                        ViewRow.micros(view.now()),
                        entry.sequence() + 1,
                        ViewRow.cut(entry.previous(), 200)));
      }
    }
  }
}

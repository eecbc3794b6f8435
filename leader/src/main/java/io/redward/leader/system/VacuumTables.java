package io.redward.leader.system;

import static io.redward.leader.system.ViewTable.of;

import io.redward.leader.catalog.Schema;
import io.redward.leader.catalog.TableDefinition;
import io.redward.spi.SystemTable;
import io.redward.storage.table.VacuumRequest;
import io.redward.storage.table.VacuumRun;
import io.redward.storage.table.VacuumRun.Measure;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// What vacuums run and have run, by users and by themselves: `svv_vacuum_progress`,
/// `svv_vacuum_summary`, `stl_vacuum`, `sys_vacuum_history`.
final class VacuumTables {
  private static final String CATALOG = "pg_catalog";
  private static final long BLOCK_BYTES = 1 << 20;

  private final SystemView view;

  VacuumTables(SystemView view) {
    this.view = view;
  }

  List<SystemTable> tables() {
    return List.of(
        of(
            CATALOG,
            "svv_vacuum_progress",
            "table_name text, status text, time_remaining_estimate text",
            this::progress),
        of(
            CATALOG,
            "svv_vacuum_summary",
            "table_name text, xid int8, sort_partitions int8, merge_increments int8,"
                + " elapsed_time int8, row_delta int8, sortedrow_delta int8, block_delta int4,"
                + " max_merge_partitions int4",
            out -> view.vacuums().forEach(run -> summary(out, run))),
        of(
            CATALOG,
            "stl_vacuum",
            "userid int4, xid int8, table_id int4, status char(30), rows int8, sortedrows int4,"
                + " blocks int4, max_merge_partitions int4, eventtime timestamp,"
                + " reclaimable_rows int8, reclaimable_space_mb int8, cutoff_xid int8,"
                + " is_recluster int4",
            out -> view.vacuums().forEach(run -> events(out, run))),
        of(
            CATALOG,
            "sys_vacuum_history",
            "user_id int4, transaction_id int8, query_id int8, database_name text,"
                + " schema_name text, table_name text, table_id int4, vacuum_type char(32),"
                + " is_automatic bool, status char(64), start_time timestamp, end_time timestamp,"
                + " record_time timestamp, duration int4, rows_before_vacuum int8,"
                + " size_before_vacuum int4, reclaimable_rows int8, reclaimed_rows int8,"
                + " reclaimed_blocks int8, sortedrows_before_vacuum int4,"
                + " sortedrows_after_vacuum int4",
            out -> view.vacuums().forEach(run -> history(out, run))));
  }

  /// The running one, or the last; what the table needed by itself does not count.
  private void progress(SystemTable.SystemRows out) {
    List<VacuumRun> runs =
        view.vacuums().stream()
            .filter(run -> run.request().cause() != VacuumRequest.Cause.AUTOMATIC)
            .toList();
    if (runs.isEmpty()) {
      return;
    }
    VacuumRun run = runs.getLast();
    Optional<TableDefinition> table = table(run);
    out.row(
        table.map(TableDefinition::name).orElse(""),
        run.stage().text(),
        run.endedAt().isPresent() ? null : remaining(run));
  }

  /// By what has been rewritten so far.
  private String remaining(VacuumRun run) {
    double seconds = Duration.between(run.startedAt(), view.now()).toMillis() / 1e3;
    double done = run.progress();
    long estimate = done == 0 ? 0 : (long) (seconds * (1 - done) / done);
    return estimate / 60 + "m " + estimate % 60 + "s";
  }

  private void summary(SystemTable.SystemRows out, VacuumRun run) {
    if (run.request().automatic() || run.endedAt().isEmpty()) {
      return;
    }
    out.row(
        table(run).map(TableDefinition::name).orElse(""),
        run.id(),
        (long) run.before().rowsets(),
        (long) run.merges(),
        micros(run),
        all(run.after()) - all(run.before()),
        run.after().sortedRows() - run.before().sortedRows(),
        (int) (blocks(run.after()) - blocks(run.before())),
        run.before().rowsets());
  }

  private void events(SystemTable.SystemRows out, VacuumRun run) {
    String prefix = run.request().automatic() ? "[VacuumBG] " : "";
    event(out, run, prefix + started(run), run.startedAt());
    if (run.endedAt().isPresent()) {
      String end =
          switch (run.stage()) {
            case SKIPPED -> "Skipped";
            case FAILED -> "Failed";
            default -> "Finished";
          };
      event(out, run, prefix + end, run.endedAt().get());
    }
  }

  private void event(SystemTable.SystemRows out, VacuumRun run, String status, Instant at) {
    Measure measure = at == run.startedAt() ? run.before() : run.after();
    out.row(
        table(run).map(TableDefinition::owner).orElse(0),
        run.id(),
        (int) run.tableId(),
        status,
        measure.rows(),
        (int) measure.sortedRows(),
        (int) blocks(measure),
        measure.rowsets(),
        ViewRow.micros(at),
        measure.deletedRows(),
        reclaimableBytes(measure) / BLOCK_BYTES,
        run.id(),
        0);
  }

  private static String started(VacuumRun run) {
    if (run.request().rewrite()) {
      return "Started Reindex";
    }
    if (!run.request().sort()) {
      return "Started Delete Only";
    }
    return run.request().delete() ? "Started" : "Started Sort Only";
  }

  private void history(SystemTable.SystemRows out, VacuumRun run) {
    Optional<TableDefinition> table = table(run);
    out.row(
        table.map(TableDefinition::owner).orElse(0),
        run.id(),
        run.request().automatic() ? null : run.id(),
        view.database().name(),
        table.flatMap(t -> view.catalog().schema(t.schemaOid())).map(Schema::name).orElse(""),
        table.map(TableDefinition::name).orElse(""),
        (int) run.tableId(),
        run.request().rewrite()
            ? "Reindex"
            : !run.request().sort() ? "Delete" : run.request().delete() ? "Full" : "Sort",
        run.request().automatic(),
        run.stage().text(),
        ViewRow.micros(run.startedAt()),
        run.endedAt().map(ViewRow::micros).orElse(null),
        ViewRow.micros(run.endedAt().orElse(run.startedAt())),
        run.endedAt().isPresent() ? (int) Math.min(micros(run), Integer.MAX_VALUE) : null,
        all(run.before()),
        (int) blocks(run.before()),
        run.before().deletedRows(),
        Math.max(0, run.before().deletedRows() - run.after().deletedRows()),
        Math.max(0, blocks(run.before()) - blocks(run.after())),
        (int) run.before().sortedRows(),
        (int) Math.max(0, run.after().sortedRows() - run.before().sortedRows()));
  }

  private Optional<TableDefinition> table(VacuumRun run) {
    return view.catalog().table((int) run.tableId());
  }

  private static long all(Measure measure) {
    return measure.rows() + measure.deletedRows();
  }

  private static long blocks(Measure measure) {
    return (measure.bytes() + BLOCK_BYTES - 1) / BLOCK_BYTES;
  }

  private static long reclaimableBytes(Measure measure) {
    return measure.bytes() * measure.deletedRows() / Math.max(1, all(measure));
  }

  private static long micros(VacuumRun run) {
    return run.endedAt()
        .map(end -> Duration.between(run.startedAt(), end).toNanos() / 1_000)
        .orElse(0L);
  }
}

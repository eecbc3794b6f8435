package io.redward.leader.command;

import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.MaintenanceStatement.AnalyzeScope;
import io.redward.leader.sql.ast.MaintenanceStatement.AnalyzeStatement;
import io.redward.leader.system.AnalyzeLog;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

/// ANALYZE. Storage samples and counts every row when it is written, so statistics are never
/// behind; the statement checks names and rights, sums the statistics up, and says so.
public final class AnalyzeCommand {
  private final CommandContext context;
  private final Snapshot snapshot;
  private final AnalyzeLog log;
  private final InstantSource clock;

  public AnalyzeCommand(
      CommandContext context, Snapshot snapshot, AnalyzeLog log, InstantSource clock) {
    this.context = context;
    this.snapshot = snapshot;
    this.log = log;
    this.clock = clock;
  }

  public void run(AnalyzeStatement statement) {
    if (statement.table().isEmpty()) {
      OwnTables.of(context, SystemPrivilege.ANALYZE)
          .forEach(table -> analyze(table, statement, List.of()));
      return;
    }
    TableDefinition table = context.table(statement.table().get());
    List<Integer> columns = statement.columns().stream().map(name -> column(table, name)).toList();
    boolean own = OwnTables.mayMaintain(context, table, SystemPrivilege.ANALYZE);
    if (own) {
      analyze(table, statement, columns);
    } else {
      context
          .notices()
          .info(
              "skipping \"" + table.name() + "\" --- only table or database owner can analyze it");
    }
  }

  private static int column(TableDefinition table, Identifier name) {
    return Constraints.column(table, name).id();
  }

  private void analyze(TableDefinition table, AnalyzeStatement statement, List<Integer> columns) {
    TableSnapshot stored = snapshot.table(table.oid());
    Instant start = clock.instant();
    table.columns().stream()
        .filter(column -> columns.isEmpty() || columns.contains(column.id()))
        .forEach(column -> stored.statistics(column.id()));
    int predicateColumns =
        statement.scope() == AnalyzeScope.PREDICATE_COLUMNS ? table.columns().size() : 0;
    log.add(
        new AnalyzeLog.Entry(
            context.user().oid(),
            table.oid(),
            stored.rowCount(),
            predicateColumns,
            false,
            start,
            clock.instant()));
    if (statement.verbose()) {
      context
          .notices()
          .info(
              "\""
                  + table.name()
                  + "\": "
                  + stored.rowCount()
                  + " rows, statistics are kept as rows are written");
    }
  }
}

package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.command.AnalyzeCommand;
import io.redward.leader.command.CommandContext;
import io.redward.leader.command.CompressionAnalysis;
import io.redward.leader.command.VacuumCommand;
import io.redward.leader.sql.ast.MaintenanceStatement;
import io.redward.leader.sql.ast.MaintenanceStatement.AnalyzeCompressionStatement;
import io.redward.leader.sql.ast.MaintenanceStatement.AnalyzeStatement;
import io.redward.leader.sql.ast.MaintenanceStatement.VacuumStatement;

/// VACUUM, ANALYZE, ANALYZE COMPRESSION.
final class MaintenanceCommands {
  private final LeaderSession session;
  private final CommandContext context;

  MaintenanceCommands(LeaderSession session, CommandContext context) {
    this.session = session;
    this.context = context;
  }

  static StatementRunner.Shape describe(MaintenanceStatement statement) {
    return switch (statement) {
      case AnalyzeCompressionStatement _ ->
          StatementRunner.Shape.text("Table", "Column", "Encoding", "Est_reduction_pct");
      case VacuumStatement _, AnalyzeStatement _ -> StatementRunner.Shape.NOTHING;
    };
  }

  void run(MaintenanceStatement statement, ResultConsumer results) {
    switch (statement) {
      case VacuumStatement vacuum -> {
        requireNoTransaction("VACUUM");
        new VacuumCommand(context, session.warehouse().namespace()).run(vacuum);
        results.complete("VACUUM");
      }
      case AnalyzeStatement analyze -> {
        LeaderWarehouse warehouse = session.warehouse();
        new AnalyzeCommand(
                context, session.transaction().snapshot(), warehouse.analyzes(), warehouse.clock())
            .run(analyze);
        results.complete("ANALYZE");
      }
      case AnalyzeCompressionStatement compression -> {
        requireNoTransaction("ANALYZE COMPRESSION");
        results.columns(describe(compression).columns());
        TextRows.send(
            new CompressionAnalysis(
                    context,
                    session.warehouse().namespace(),
                    session.warehouse().analyzes(),
                    session.transaction().number().orElse(0L),
                    session.warehouse().clock())
                .run(compression),
            results);
        results.complete("ANALYZE COMPRESSION");
      }
    }
  }

  private void requireNoTransaction(String what) {
    if (session.transaction().explicit()) {
      throw new SqlException(
          SqlState.ACTIVE_TRANSACTION, what + " cannot run inside a transaction block");
    }
  }
}

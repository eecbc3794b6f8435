package io.redward.leader.command;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.catalog.SystemPrivilege;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.sql.ast.MaintenanceStatement.VacuumMode;
import io.redward.leader.sql.ast.MaintenanceStatement.VacuumStatement;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.VacuumRequest;

/// VACUUM in its forms. Storage cleans up beside readers and writers; tables that are not the
/// user's are passed over with a notice.
public final class VacuumCommand {
  private static final int DEFAULT_THRESHOLD = 95;

  private final CommandContext context;
  private final Namespace namespace;

  public VacuumCommand(CommandContext context, Namespace namespace) {
    this.context = context;
    this.namespace = namespace;
  }

  /// Ends when all is done.
  public void run(VacuumStatement statement) {
    int threshold = threshold(statement);
    if (statement.table().isEmpty()) {
      for (TableDefinition table : OwnTables.of(context, SystemPrivilege.VACUUM)) {
        vacuum(table, statement.mode(), threshold);
      }
      return;
    }
    TableDefinition table = context.table(statement.table().get());
    boolean own = OwnTables.mayMaintain(context, table, SystemPrivilege.VACUUM);
    if (!own) {
      context
          .notices()
          .info("skipping \"" + table.name() + "\" --- only table or database owner can vacuum it");
      return;
    }
    vacuum(table, statement.mode(), threshold);
  }

  private static int threshold(VacuumStatement statement) {
    int threshold = statement.thresholdPercent().orElse(DEFAULT_THRESHOLD);
    if (threshold < 0 || threshold > 100) {
      throw new SqlException(
              SqlState.INVALID_PARAMETER_VALUE,
              "vacuum threshold must be between 0 and 100 percent")
          .withPosition(statement.position());
    }
    if (statement.thresholdPercent().isPresent() && statement.table().isEmpty()) {
      throw new SqlException(SqlState.SYNTAX_ERROR, "a vacuum threshold needs the name of a table")
          .withPosition(statement.position());
    }
    return threshold;
  }

  private void vacuum(TableDefinition table, VacuumMode mode, int threshold) {
    TableShape shape = table.shape();
    VacuumRequest.Cause cause = VacuumRequest.Cause.USER;
    VacuumRequest request =
        switch (mode) {
          case FULL -> new VacuumRequest(shape, true, true, false, threshold, cause);
          case SORT_ONLY -> new VacuumRequest(shape, false, true, false, threshold, cause);
          case DELETE_ONLY -> new VacuumRequest(shape, true, false, false, threshold, cause);
          case REINDEX -> new VacuumRequest(shape, true, true, true, threshold, cause);
          case RECLUSTER -> new VacuumRequest(shape, false, true, false, 100, cause);
        };
    namespace.housekeeping().vacuum(table.oid(), request);
  }
}

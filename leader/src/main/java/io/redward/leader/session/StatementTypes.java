package io.redward.leader.session;

import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.CursorStatement;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.ExternalStatement;
import io.redward.leader.sql.ast.MaintenanceStatement;
import io.redward.leader.sql.ast.ObjectStatement;
import io.redward.leader.sql.ast.PolicyStatement;
import io.redward.leader.sql.ast.QueryBody;
import io.redward.leader.sql.ast.RoutineStatement;
import io.redward.leader.sql.ast.SessionStatement;
import io.redward.leader.sql.ast.ShowStatement;
import io.redward.leader.sql.ast.SnapshotStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement;
import io.redward.leader.sql.ast.TransactionStatement;
import io.redward.leader.system.StatementType;

/// Which type the log gives a statement.
final class StatementTypes {
  private StatementTypes() {}

  static StatementType of(Statement statement) {
    return switch (statement) {
      case DataStatement data -> of(data);
      case TableStatement.CreateTableAsStatement _ -> StatementType.CTAS;
      case RoutineStatement.CallStatement _ -> StatementType.CALL;
      case TableStatement _,
          ObjectStatement _,
          RoutineStatement _,
          ExternalStatement _,
          AccessStatement _,
          PolicyStatement _ ->
          StatementType.DDL;
      case TransactionStatement _,
          SessionStatement _,
          ShowStatement _,
          MaintenanceStatement _,
          SnapshotStatement _,
          CursorStatement _ ->
          StatementType.UTILITY;
    };
  }

  private static StatementType of(DataStatement statement) {
    return switch (statement) {
      case DataStatement.QueryStatement query ->
          query.query().body() instanceof QueryBody.SelectQuery select && select.into().isPresent()
              ? StatementType.CTAS
              : StatementType.SELECT;
      case DataStatement.ProfileStatement _ -> StatementType.UTILITY;
      case DataStatement.ReturningStatement returning -> of(returning.change());
      case DataStatement.InsertStatement _, DataStatement.UpsertStatement _ -> StatementType.INSERT;
      case DataStatement.UpdateStatement _ -> StatementType.UPDATE;
      case DataStatement.DeleteStatement _ -> StatementType.DELETE;
      case DataStatement.MergeStatement _ -> StatementType.MERGE;
      case DataStatement.CopyStatement _, DataStatement.CopyJobStatement _ -> StatementType.COPY;
      case DataStatement.UnloadStatement _ -> StatementType.UNLOAD;
      case DataStatement.CopyOutStatement _, DataStatement.TruncateStatement _ ->
          StatementType.UTILITY;
    };
  }
}

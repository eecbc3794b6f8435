package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.TransactionStatement;
import java.time.Instant;

/// BEGIN, COMMIT, ROLLBACK and what goes with them.
final class TransactionCommands {
  private final LeaderSession session;
  private final QueryRunner queries;
  private final ResultConsumer results;

  TransactionCommands(LeaderSession session, QueryRunner queries, ResultConsumer results) {
    this.session = session;
    this.queries = queries;
    this.results = results;
  }

  /// @return the command tag
  String run(TransactionStatement statement) {
    SessionTransaction transaction = session.transaction();
    return switch (statement) {
      case TransactionStatement.BeginStatement begin -> {
        if (transaction.explicit()) {
          results.notice(
              "WARNING",
              SqlState.ACTIVE_TRANSACTION.code(),
              "there is already a transaction in progress");
        } else {
          Instant now = session.warehouse().clock().instant();
          transaction.begin(
              begin.modes().readOnly().orElse(false),
              now.getEpochSecond() * 1_000_000 + now.getNano() / 1_000);
        }
        yield "BEGIN";
      }
      case TransactionStatement.CommitStatement _ -> {
        warnIfNone(transaction);
        session.closeCursors();
        yield transaction.commit() ? "COMMIT" : "ROLLBACK";
      }
      case TransactionStatement.RollbackStatement _ -> {
        warnIfNone(transaction);
        session.closeCursors();
        transaction.rollback();
        yield "ROLLBACK";
      }
      case TransactionStatement.SetTransactionStatement set -> {
        set.modes().readOnly().ifPresent(transaction::readOnly);
        yield "SET";
      }
      case TransactionStatement.LockStatement lock -> {
        if (!transaction.explicit()) {
          throw new SqlException(
              SqlState.NO_ACTIVE_TRANSACTION, "LOCK TABLE can only be used in transaction blocks");
        }
        queries.locks().alone(queries.context(), lock);
        yield "LOCK TABLE";
      }
      case TransactionStatement.SavepointStatement savepoint ->
          throw new SqlException(SqlState.FEATURE_NOT_SUPPORTED, "SAVEPOINT is not supported")
              .withPosition(savepoint.position());
    };
  }

  private void warnIfNone(SessionTransaction transaction) {
    if (!transaction.explicit()) {
      results.notice(
          "WARNING", SqlState.NO_ACTIVE_TRANSACTION.code(), "there is no transaction in progress");
    }
  }
}

package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.AccessStatement;
import io.redward.leader.sql.ast.DataStatement;
import io.redward.leader.sql.ast.ObjectStatement;
import io.redward.leader.sql.ast.Statement;
import io.redward.leader.sql.ast.TableStatement;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/// A statement that is a transaction by itself: it is committed before the client hears of it, and
/// where it loses to a concurrent transaction it is run again on the newest state. That is as good
/// as having run later.
final class LoneStatement {
  private static final int ATTEMPTS = 200;

  /// After so many attempts losers take turns.
  private static final int IMPATIENT = 3;

  private final LeaderWarehouse warehouse;
  private final SessionTransaction transaction;
  private final CancelToken cancel;

  LoneStatement(LeaderWarehouse warehouse, SessionTransaction transaction, CancelToken cancel) {
    this.warehouse = warehouse;
    this.transaction = transaction;
    this.cancel = cancel;
  }

  /// Whether a statement changes something and may be run again.
  static boolean applies(Statement statement) {
    return switch (statement) {
      case DataStatement.QueryStatement _,
          DataStatement.ProfileStatement _,
          DataStatement.CopyOutStatement _ ->
          false;
      case DataStatement _, TableStatement _, ObjectStatement _, AccessStatement _ -> true;
      default -> false;
    };
  }

  void run(Consumer<ResultConsumer> statement, ResultConsumer client) {
    boolean turn = false;
    try {
      for (int attempt = 1; ; attempt++) {
        HeldResults held = new HeldResults(client);
        try {
          statement.accept(held);
          transaction.commit();
          held.release();
          return;
        } catch (SqlException e) {
          transaction.rollback();
          if (e.state() != SqlState.SERIALIZATION_FAILURE || held.leaked() || attempt == ATTEMPTS) {
            throw e;
          }
        }
        cancel.check();
        if (attempt == IMPATIENT) {
          turn = takeTurn();
        } else if (!turn) {
          TimeUnit.MICROSECONDS.sleep(ThreadLocalRandom.current().nextInt(500));
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlException(SqlState.QUERY_CANCELED, "Query cancelled on user's request", e);
    } finally {
      if (turn) {
        warehouse.losersTurn().unlock();
      }
    }
  }

  private boolean takeTurn() throws InterruptedException {
    while (!warehouse.losersTurn().tryLock(20, TimeUnit.MILLISECONDS)) {
      cancel.check();
    }
    return true;
  }
}

package io.redward.bench;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.OptionalDouble;
import java.util.concurrent.CompletableFuture;

/// Cancels by the wire protocol's key, as pgjdbc's `Statement.cancel` does.
record WireCancel(RedwardContender server) implements CancelBench.Way {
  private static final String CANCELLED = "57014";

  @Override
  public OptionalDouble millis(String sql, int delayMillis) throws Exception {
    try (Connection connection = server.another();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      statement.setFetchSize(1_000);
      CompletableFuture<Long> ended = CompletableFuture.supplyAsync(() -> end(statement, sql));
      Thread.sleep(delayMillis);
      long asked = System.nanoTime();
      statement.cancel();
      long end = ended.join();
      return end < asked ? OptionalDouble.empty() : OptionalDouble.of((end - asked) / 1e6);
    }
  }

  /// When the statement was cancelled; 0 if it ended by itself.
  private static long end(Statement statement, String sql) {
    try {
      if (statement.execute(sql)) {
        try (ResultSet rows = statement.getResultSet()) {
          while (rows.next()) {
            rows.getString(1);
          }
        }
      }
      return 0;
    } catch (SQLException e) {
      if (CANCELLED.equals(e.getSQLState())) {
        return System.nanoTime();
      }
      throw new IllegalStateException(sql.substring(0, Math.min(80, sql.length())), e);
    }
  }
}

package io.redward.server;

import io.redward.leader.system.QueryLog;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.concurrent.atomic.AtomicBoolean;

/// Runs a COPY and shows how far it has come.
public final class TableLoad {
  private static final long POLL_MILLIS = 100;

  private TableLoad() {}

  /// @return seconds it took
  public static double copy(
      EmbeddedWarehouse warehouse,
      Connection connection,
      String table,
      String copy,
      ProgressLine progress)
      throws SQLException, InterruptedException {
    AtomicBoolean done = new AtomicBoolean();
    Thread watcher =
        Thread.ofVirtual()
            .start(
                () -> {
                  while (!done.get()) {
                    for (QueryLog.LoadState state : warehouse.leader().log().loads()) {
                      progress.show(
                          "loading " + state.table(),
                          state.bytesRead(),
                          state.bytesTotal(),
                          state.rows());
                    }
                    try {
                      Thread.sleep(POLL_MILLIS);
                    } catch (InterruptedException e) {
                      return;
                    }
                  }
                });
    long begun = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      statement.execute(copy);
    } finally {
      done.set(true);
      watcher.join();
    }
    double seconds = (System.nanoTime() - begun) / 1e9;
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("select count(*) from " + table)) {
      rows.next();
      progress.end("loaded %,d rows into %s".formatted(rows.getLong(1), table));
    }
    return seconds;
  }
}

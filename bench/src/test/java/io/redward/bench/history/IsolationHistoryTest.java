package io.redward.bench.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.EmbeddedWarehouse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Short histories of real sessions; `bench history` makes long ones.
class IsolationHistoryTest {
  private static final int TRANSACTIONS = 300;

  @ParameterizedTest
  @EnumSource
  void levelsKeepWhatTheyPromiseAndNoneIsSeenThrough(Workload.Kind kind, @TempDir Path directory)
      throws Exception {
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true)) {
      assertThat(anomalies(kind, warehouse, "serializable", true)).isEmpty();
      assertThat(anomalies(kind, warehouse, "snapshot", true).keySet()).isSubsetOf(Anomaly.G2);
      assertThat(anomalies(kind, warehouse, "snapshot", false)).isNotEmpty();
    }
  }

  private static Map<Anomaly, Integer> anomalies(
      Workload.Kind kind, EmbeddedWarehouse warehouse, String level, boolean atomic)
      throws Exception {
    String database = level + (atomic ? "" : "_broken");
    try (Connection setup = connect(warehouse, "dev");
        Statement statement = setup.createStatement()) {
      statement.execute("create database " + database + " isolation level " + level);
    }
    History history =
        new Workload(kind, () -> connect(warehouse, database), 4, TRANSACTIONS, atomic).run();
    assertThat(history.transactions()).hasSize(TRANSACTIONS);
    assertThat(history.transactions())
        .anyMatch(transaction -> transaction.outcome() == History.Outcome.COMMITTED);
    return kind.check(history);
  }

  private static Connection connect(EmbeddedWarehouse warehouse, String database)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + warehouse.port() + "/" + database + "?sslmode=disable",
        "admin",
        "");
  }
}

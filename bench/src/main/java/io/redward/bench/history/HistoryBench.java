package io.redward.bench.history;

import io.redward.server.EmbeddedWarehouse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench history`: concurrent transactions under both isolation levels, and under none, searched
/// for anomalies.
@Command(
    name = "history",
    description = "Search histories of concurrent transactions for broken isolation.",
    mixinStandardHelpOptions = true)
public final class HistoryBench implements Callable<Integer> {
  @Option(names = "--transactions", defaultValue = "100000", description = "${DEFAULT-VALUE}")
  private int transactions;

  @Option(names = "--connections", defaultValue = "8", description = "${DEFAULT-VALUE}")
  private int connections;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Scratch directory (a temporary one).")
  private String directory = "";

  @Override
  public Integer call() throws Exception {
    Path data =
        directory.isEmpty() ? Files.createTempDirectory("redward-history") : Path.of(directory);
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            data, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true)) {
      boolean serializable = run(warehouse, "serializable", transactions, true, Set.of());
      boolean snapshot = run(warehouse, "snapshot", transactions, true, Set.of(Anomaly.G2));
      // What finds nothing must be shown to find something.
      boolean blind = run(warehouse, "none", transactions / 10, false, Set.of());
      return serializable && snapshot && !blind ? 0 : 1;
    }
  }

  /// @return whether nothing was found that is not allowed
  private boolean run(
      EmbeddedWarehouse warehouse, String level, int count, boolean atomic, Set<Anomaly> allowed)
      throws Exception {
    String isolation = atomic ? level : "snapshot";
    try (Connection setup = connect(warehouse, "dev");
        Statement statement = setup.createStatement()) {
      statement.execute("create database history_" + level + " isolation level " + isolation);
    }
    long begin = System.nanoTime();
    History history =
        new ListWorkload(() -> connect(warehouse, "history_" + level), connections, count, atomic)
            .run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    Map<Anomaly, Integer> found = HistoryCheck.of(history);
    long committed =
        history.transactions().stream()
            .filter(transaction -> transaction.outcome() == History.Outcome.COMMITTED)
            .count();
    System.out.printf(
        "%-13s %d transactions, %d committed, %d refused, %.1f s: %s%n",
        level,
        history.transactions().size(),
        committed,
        history.transactions().size() - committed,
        seconds,
        found.isEmpty() ? "no anomaly" : found);
    return allowed.containsAll(found.keySet());
  }

  private static Connection connect(EmbeddedWarehouse warehouse, String database)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + warehouse.port() + "/" + database + "?sslmode=disable",
        "admin",
        "");
  }
}

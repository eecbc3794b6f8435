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
import java.util.List;
import java.util.Locale;
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

  @Option(
      names = "--workload",
      split = ",",
      paramLabel = "KIND",
      description = "Of ${COMPLETION-CANDIDATES} (all).")
  private List<Workload.Kind> kinds = List.of(Workload.Kind.values());

  @Option(names = "--connections", defaultValue = "8", description = "${DEFAULT-VALUE}")
  private int connections;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "Scratch directory (a temporary one).")
  private String directory = "";

  private enum Level {
    SERIALIZABLE,
    SNAPSHOT,
    /// Every statement for itself.
    NONE
  }

  @Override
  public Integer call() throws Exception {
    Path data =
        directory.isEmpty() ? Files.createTempDirectory("redward-history") : Path.of(directory);
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            data, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true)) {
      boolean good = true;
      for (Workload.Kind kind : kinds) {
        good &= run(warehouse, kind, Level.SERIALIZABLE).isEmpty();
        good &= Set.of(Anomaly.G2).containsAll(run(warehouse, kind, Level.SNAPSHOT));
        // What finds nothing must be shown to find something.
        good &= !run(warehouse, kind, Level.NONE).isEmpty();
      }
      return good ? 0 : 1;
    }
  }

  /// @return what was found
  private Set<Anomaly> run(EmbeddedWarehouse warehouse, Workload.Kind kind, Level level)
      throws Exception {
    String database = (kind + "_" + level).toLowerCase(Locale.ROOT);
    boolean atomic = level != Level.NONE;
    try (Connection setup = connect(warehouse, "dev");
        Statement statement = setup.createStatement()) {
      statement.execute(
          "create database "
              + database
              + " isolation level "
              + (level == Level.SERIALIZABLE ? "serializable" : "snapshot"));
    }
    int count = atomic ? transactions : transactions / 10;
    long begin = System.nanoTime();
    History history =
        new Workload(kind, () -> connect(warehouse, database), connections, count, atomic).run();
    double seconds = (System.nanoTime() - begin) / 1e9;
    Map<Anomaly, Integer> found = kind.check(history);
    long committed =
        history.transactions().stream()
            .filter(transaction -> transaction.outcome() == History.Outcome.COMMITTED)
            .count();
    System.out.printf(
        "%-21s %d transactions, %d committed, %d refused, %.1f s: %s%n",
        database,
        history.transactions().size(),
        committed,
        history.transactions().size() - committed,
        seconds,
        found.isEmpty() ? "no anomaly" : found);
    return found.keySet();
  }

  private static Connection connect(EmbeddedWarehouse warehouse, String database)
      throws SQLException {
    return DriverManager.getConnection(
        "jdbc:postgresql://127.0.0.1:" + warehouse.port() + "/" + database + "?sslmode=disable",
        "admin",
        "");
  }
}

package io.redward.bench;

import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import io.redward.server.TpchQueries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench cluster-keys`: TPC-H without distribution keys on several nodes; then what the advisor
/// has read out of these queries is done, and they run again. Counts bytes exchanged.
@Command(
    name = "cluster-keys",
    description = "Bytes exchanged by TPC-H without distribution keys and with the advisor's.",
    mixinStandardHelpOptions = true)
final class ClusterKeysBench implements Callable<Integer> {
  @Option(names = "--scale", defaultValue = "0.1", description = "Scale factor (${DEFAULT-VALUE}).")
  private double scale;

  @Option(names = "--nodes", defaultValue = "4", description = "Nodes (${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--runs",
      defaultValue = "12",
      description =
          "Runs of all queries; the advisor counts what they could have spared (${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--data", paramLabel = "DIR", description = "Scratch directory (data/bench).")
  private String directory = "";

  /// One run of all queries.
  private record Answers(long[] bytes, List<String> rows) {
    long total() {
      return Arrays.stream(bytes).sum();
    }
  }

  @Override
  public Integer call() throws Exception {
    Path root =
        directory.isEmpty()
            ? Path.of(System.getProperty("redward.home", "."), "data", "bench").toAbsolutePath()
            : Path.of(directory).toAbsolutePath();
    Path files = root.resolve("tpch-" + scale);
    new TpchFiles(files, scale).generate(new ProgressLine(System.out));
    Path data = root.resolve("cluster-keys");
    remove(data);
    Files.createDirectories(data);
    try (BenchCluster cluster = BenchCluster.start(data, nodes);
        Connection connection = cluster.connect()) {
      String schema = TpchQueries.schema().replaceAll("distkey \\(\\w+\\)", "diststyle even");
      BenchCluster.load(connection, Tpch.statements(schema), files);
      BenchCluster.execute(connection, "set enable_result_cache_for_session to off");
      Answers before = run(cluster, connection);
      System.out.println("the advisor's recommendations:");
      for (String change : recommendations(connection)) {
        System.out.println("  " + change);
        BenchCluster.execute(connection, change);
      }
      Answers after = run(cluster, connection);
      System.out.printf("query | bytes exchanged before | after%n");
      for (int i = 0; i < TpchQueries.COUNT; i++) {
        System.out.printf("  q%02d | %,22d | %,15d%n", i + 1, before.bytes[i], after.bytes[i]);
      }
      boolean same = before.rows.equals(after.rows);
      System.out.printf(
          "all 22: %,d bytes without keys, %,d with the advisor's: %.1f times less; answers %s%n",
          before.total(),
          after.total(),
          (double) before.total() / Math.max(1, after.total()),
          same ? "the same" : "DIFFER");
      return same ? 0 : 1;
    }
  }

  private Answers run(BenchCluster cluster, Connection connection) throws Exception {
    long[] bytes = new long[TpchQueries.COUNT];
    List<String> rows = new ArrayList<>();
    for (int query = 1; query <= TpchQueries.COUNT; query++) {
      long before = cluster.exchangedBytes();
      for (int run = 0; run < runs; run++) {
        String answer = BenchCluster.answer(connection, Tpch.query(query));
        if (run == 0) {
          rows.add(answer);
        }
      }
      bytes[query - 1] = (cluster.exchangedBytes() - before) / runs;
    }
    return new Answers(bytes, rows);
  }

  private static List<String> recommendations(Connection connection) throws Exception {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "select ddl from svv_alter_table_recommendations where type = 'diststyle'")) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }

  private static void remove(Path tree) throws Exception {
    if (Files.exists(tree)) {
      try (Stream<Path> all = Files.walk(tree)) {
        for (Path each : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(each);
        }
      }
    }
  }
}

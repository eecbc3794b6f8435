package io.redward.bench;

import io.redward.foundation.files.FileTree;
import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import io.redward.server.TpchQueries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench cluster-keys`: TPC-H with distribution keys that its joins do not use, on several nodes;
/// then the tables are left to the warehouse, which places them by what it has seen of these
/// queries, and they run again. Counts bytes exchanged.
@Command(
    name = "cluster-keys",
    description =
        "Bytes exchanged by TPC-H with bad distribution keys and with those chosen by it.",
    mixinStandardHelpOptions = true)
final class ClusterKeysBench implements Callable<Integer> {
  private static final int LAYOUT_SECONDS = 180;
  private static final int LOOK_MILLIS = 5_000;

  /// Keys by which nothing is joined that is large.
  private static final SortedMap<String, String> KEYS =
      new TreeMap<>(
          Map.of(
              "customer", "c_nationkey",
              "lineitem", "l_shipdate",
              "orders", "o_orderdate",
              "part", "p_size",
              "partsupp", "ps_availqty"));

  @Option(names = "--scale", defaultValue = "0.2", description = "Scale factor (${DEFAULT-VALUE}).")
  private double scale;

  @Option(names = "--nodes", defaultValue = "4", description = "Nodes (${DEFAULT-VALUE}).")
  private int nodes;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description =
          "Runs of all queries; what moves a few times is not worth a key (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--by-date",
      description = "Line items and orders are sorted by dates, not by what joins them.")
  private boolean byDate;

  @Mixin private ScratchOption scratch;

  /// One run of all queries.
  private record Answers(long[] bytes, List<String> rows) {
    long total() {
      return Arrays.stream(bytes).sum();
    }
  }

  @Override
  public Integer call() throws Exception {
    Path root = scratch.directory();
    Path files = root.resolve("tpch-" + scale);
    new TpchFiles(files, scale).generate(new ProgressLine(System.out));
    Path data = root.resolve("cluster-keys");
    FileTree.delete(data);
    Files.createDirectories(data);
    try (BenchCluster cluster = BenchCluster.start(data, nodes);
        Connection connection = cluster.connect()) {
      BenchCluster.load(connection, Tpch.statements(schema()), files);
      BenchCluster.execute(connection, "set enable_result_cache_for_session to off");
      Answers before = run(cluster, connection);
      for (String table : KEYS.keySet()) {
        BenchCluster.execute(connection, "alter table " + table + " alter diststyle auto");
      }
      System.out.println("left to the warehouse, which is to do:");
      recommendations(connection).forEach(change -> System.out.println("  " + change));
      awaitLayout(connection);
      System.out.println("and which has done: " + layouts(connection));
      Answers after = run(cluster, connection);
      System.out.printf("query | bytes exchanged before | after%n");
      for (int i = 0; i < TpchQueries.COUNT; i++) {
        System.out.printf("  q%02d | %,22d | %,15d%n", i + 1, before.bytes[i], after.bytes[i]);
      }
      boolean same = before.rows.equals(after.rows);
      for (int i = 0; i < TpchQueries.COUNT; i++) {
        if (!before.rows.get(i).equals(after.rows.get(i))) {
          System.out.printf(
              "q%02d before:%n%s%nafter:%n%s%n", i + 1, before.rows.get(i), after.rows.get(i));
        }
      }
      System.out.printf(
          "all 22: %,d bytes with bad keys, %,d with those chosen: %.1f times less; answers %s%n",
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

  private String schema() {
    String schema = TpchQueries.schema();
    for (Map.Entry<String, String> key : KEYS.entrySet()) {
      int table = schema.indexOf("create table " + key.getKey() + " (");
      int from = schema.indexOf("distkey (", table);
      int to = schema.indexOf(')', from);
      schema = schema.substring(0, from) + "distkey (" + key.getValue() + schema.substring(to);
    }
    return byDate
        ? schema
            .replace("sortkey (l_orderkey)", "sortkey (l_shipdate)")
            .replace("sortkey (o_orderkey)", "sortkey (o_orderdate)")
        : schema;
  }

  private static List<String> recommendations(Connection connection) throws SQLException {
    return column(
        connection,
        "select rtrim(ddl) || '; -- ' || reason from svv_alter_table_recommendations"
            + " where type = 'diststyle' and auto_eligible = 't'");
  }

  private static List<String> layouts(Connection connection) throws SQLException {
    return column(
        connection,
        "select \"table\" || ' ' || diststyle from svv_table_info where diststyle like 'AUTO%'"
            + " order by 1");
  }

  /// The warehouse waits for a while without queries, and then rewrites tables.
  private static void awaitLayout(Connection connection) throws Exception {
    Instant until = Instant.now().plusSeconds(LAYOUT_SECONDS);
    boolean before;
    boolean done = false;
    do {
      Thread.sleep(LOOK_MILLIS);
      before = done;
      done = recommendations(connection).isEmpty() && !isRewriting(connection);
    } while (!(before && done) && Instant.now().isBefore(until));
  }

  private static boolean isRewriting(Connection connection) throws SQLException {
    return !column(
            connection,
            "select table_id from svl_auto_worker_action group by table_id having"
                + " sum(case status when 'Start' then 1 when 'Complete' then -1 else 0 end) > 0")
        .isEmpty();
  }

  private static List<String> column(Connection connection, String query) throws SQLException {
    List<String> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        found.add(rows.getString(1));
      }
    }
    return found;
  }
}

package io.redward.bench;

import io.redward.cluster.node.SimulatedCluster.Measured;
import io.redward.server.EmbeddedWarehouse;
import io.redward.server.ProgressLine;
import io.redward.server.SimulatedWarehouse;
import io.redward.server.TpchFiles;
import io.redward.server.TpchQueries;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.ToLongFunction;

/// What TPC-H's queries cost on more and more nodes, of whatever can be counted without them: sizes
/// of plans, bytes exchanged, what the leader keeps, how evenly rows are divided.
final class ClusterCurves {
  private static final int[] NODES = {4, 16, 64, 128};

  private final Path root;
  private final double scale;

  /// @param root where data of benches lies
  ClusterCurves(Path root, double scale) {
    this.root = root;
    this.scale = scale;
  }

  /// Returns 0 if all answers are those of one process.
  int print() throws Exception {
    Path data = root.resolve("curves-" + scale);
    Path files = root.resolve("tpch-" + scale);
    new TpchFiles(files, scale).generate(new ProgressLine(System.out));
    List<String> wanted = new ArrayList<>();
    InetSocketAddress anyPort = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (EmbeddedWarehouse warehouse = EmbeddedWarehouse.start(data, anyPort, true);
        Connection connection = connect(warehouse)) {
      if (!Files.exists(data.resolve("loaded"))) {
        BenchCluster.load(connection, Tpch.statements(TpchQueries.schema()), files);
        Files.writeString(data.resolve("loaded"), "");
      }
      for (int query = 1; query <= TpchQueries.COUNT; query++) {
        wanted.add(BenchCluster.answer(connection, Tpch.query(query)));
      }
    }
    List<List<Optional<Measured>>> curves = new ArrayList<>();
    int different = 0;
    for (int nodes : NODES) {
      List<Optional<Measured>> curve = new ArrayList<>();
      try (SimulatedWarehouse simulated = SimulatedWarehouse.start(data, nodes);
          Connection connection = connect(simulated.warehouse())) {
        BenchCluster.execute(connection, "set enable_result_cache_for_session to off");
        for (int query = 1; query <= TpchQueries.COUNT; query++) {
          String answer = BenchCluster.answer(connection, Tpch.query(query));
          different += answer.equals(wanted.get(query - 1)) ? 0 : 1;
          curve.add(simulated.cluster().last());
        }
      }
      curves.add(curve);
    }
    print(curves);
    System.out.printf("%nanswers that are not those of one process: %d%n", different);
    return different == 0 ? 0 : 1;
  }

  private static Connection connect(EmbeddedWarehouse warehouse) throws SQLException {
    return DriverManager.getConnection(warehouse.url() + "?user=admin&preferQueryMode=simple");
  }

  private static void print(List<List<Optional<Measured>>> curves) {
    table("bytes between nodes", curves, Measured::exchanged);
    table("bytes to the leader", curves, Measured::gathered);
    table("bytes of plans, to all members", curves, Measured::planBytes);
    table("bytes of a plan, to one node", curves, Measured::nodePlanBytes);
    table("bytes of reports to the leader", curves, Measured::reportBytes);
    table("bytes the leader keeps", curves, Measured::leaderMemory);
    table(
        "rows of the node that reads most, in percent of an even share",
        curves,
        each -> Math.round(100.0 * each.mostRows() / Math.max(1, each.rows())));
  }

  private static void table(
      String title, List<List<Optional<Measured>>> curves, ToLongFunction<Measured> value) {
    boolean share = title.contains("percent");
    System.out.printf("%n%s%nquery |", title);
    for (int nodes : NODES) {
      System.out.printf(" %9d nodes |", nodes);
    }
    System.out.println();
    long[] sums = new long[NODES.length];
    for (int query = 0; query < TpchQueries.COUNT; query++) {
      System.out.printf("  q%02d |", query + 1);
      for (int i = 0; i < NODES.length; i++) {
        Optional<Measured> one = Objects.requireNonNull(curves.get(i).get(query));
        long shown = one.map(value::applyAsLong).orElse(0L) * (share ? NODES[i] : 1);
        sums[i] += shown;
        System.out.printf(" %,15d |", shown);
      }
      System.out.println();
    }
    System.out.printf("  %s |", share ? "avg" : "all");
    for (long sum : sums) {
      System.out.printf(" %,15d |", share ? sum / TpchQueries.COUNT : sum);
    }
    System.out.println();
  }
}

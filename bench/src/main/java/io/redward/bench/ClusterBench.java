package io.redward.bench;

import io.redward.cluster.placement.Slices;
import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import io.redward.server.TpchQueries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.stream.IntStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench cluster`: TPC-H on a leader and one node against a leader and several: processor time of
/// all processes together, bytes exchanged, answers; what a short query takes in a cluster and
/// alone; how slices fall on many nodes. All in processes of this machine, so nothing gets faster.
@Command(
    name = "cluster",
    description = "TPC-H on one and on several compute nodes: processor time and bytes exchanged.",
    mixinStandardHelpOptions = true)
final class ClusterBench implements Callable<Integer> {
  @Option(names = "--scale", defaultValue = "0.1", description = "Scale factor (${DEFAULT-VALUE}).")
  private double scale;

  @Option(names = "--nodes", defaultValue = "4", description = "Nodes (${DEFAULT-VALUE}).")
  private int nodes;

  @Option(names = "--runs", defaultValue = "3", description = "Runs measured (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--warm-ups",
      defaultValue = "3",
      description = "Runs before, which are not measured (${DEFAULT-VALUE}).")
  private int warmUps;

  @Option(
      names = "--rounds",
      description =
          "Run all queries so many times over instead, and print the processor time of each round.")
  private int rounds;

  @Option(
      names = "--simulate",
      description =
          "Cut and run the queries for 4, 16, 64 and 128 nodes in this process instead, and count"
              + " bytes.")
  private boolean simulate;

  @Mixin private ScratchOption scratch;

  /// One cluster's figures.
  ///
  /// @param cpuSeconds of all processes, by query, for one run
  /// @param compiling how much of that the JVMs' compilers took
  /// @param bytes exchanged by a run of the query
  private record Figures(
      double[] cpuSeconds, double[] compiling, long[] bytes, List<String> answers) {
    double total() {
      return Arrays.stream(cpuSeconds).sum();
    }

    /// Without what a server that has run for a while does not do any more.
    double running() {
      return total() - Arrays.stream(compiling).sum();
    }

    double running(int query) {
      return cpuSeconds[query] - compiling[query];
    }
  }

  @Override
  public Integer call() throws Exception {
    placement();
    Path root = scratch.directory();
    if (simulate) {
      return new ClusterCurves(root, scale).print();
    }
    Path data = root.resolve("cluster-" + scale);
    boolean load = !Files.exists(data.resolve("loaded"));
    Files.createDirectories(data);
    Path files = root.resolve("tpch-" + scale);
    new TpchFiles(files, scale).generate(new ProgressLine(System.out));
    if (load) {
      load(data, files);
    }
    if (rounds > 0) {
      return new ClusterRounds(data, rounds).print(nodes);
    }
    Figures one = run(data, 1);
    Figures many = run(data, nodes);
    System.out.printf(
        "query | cpu, 1 node (compiling) | cpu, %d nodes (compiling) | ratio without compiling |"
            + " bytes exchanged%n",
        nodes);
    for (int i = 0; i < TpchQueries.COUNT; i++) {
      System.out.printf(
          "  q%02d | %9.3f s (%7.3f s) | %10.3f s (%7.3f s) | %23.2f | %,15d%n",
          i + 1,
          one.cpuSeconds[i],
          one.compiling[i],
          many.cpuSeconds[i],
          many.compiling[i],
          many.running(i) / one.running(i),
          many.bytes[i]);
    }
    System.out.printf(
        "all 22: %.2f s of processor time with 1 node, %.2f s with %d: ratio %.2f; without the"
            + " JVMs' compiling %.2f s and %.2f s: ratio %.2f; answers %s%n",
        one.total(),
        many.total(),
        nodes,
        many.total() / one.total(),
        one.running(),
        many.running(),
        many.running() / one.running(),
        one.answers.equals(many.answers) ? "the same" : "DIFFER");
    return one.answers.equals(many.answers) ? 0 : 1;
  }

  /// How slices fall, and how many change their node when one joins.
  private static void placement() {
    System.out.println("nodes | slices a node | moved when one joins | least possible | to assign");
    for (int count : new int[] {4, 16, 64, 128}) {
      List<String> names = IntStream.range(0, count).mapToObj("node-%03d"::formatted).toList();
      List<String> more = new ArrayList<>(names);
      more.add("node-new");
      long begun = System.nanoTime();
      Slices before = Slices.of(names);
      double millis = (System.nanoTime() - begun) / 1e6;
      Slices after = Slices.of(more);
      int moved = 0;
      for (int slice = 0; slice < Slices.COUNT; slice++) {
        String was = before.nodes().get(before.owners()[slice]);
        moved += was.equals(after.nodes().get(after.owners()[slice])) ? 0 : 1;
      }
      int least = IntStream.range(0, count).map(before::held).min().orElse(0);
      int most = IntStream.range(0, count).map(before::held).max().orElse(0);
      System.out.printf(
          "%5d | %6d to %4d | %20d | %14d | %6.1f ms%n",
          count, least, most, moved, Slices.COUNT / (count + 1), millis);
    }
  }

  private static void load(Path data, Path files) throws Exception {
    try (BenchCluster cluster = BenchCluster.start(data, 1);
        Connection connection = cluster.connect()) {
      BenchCluster.load(connection, Tpch.statements(TpchQueries.schema()), files);
    }
    Files.writeString(data.resolve("loaded"), "");
  }

  private Figures run(Path data, int count) throws Exception {
    try (BenchCluster cluster = BenchCluster.start(data, count);
        Connection connection = cluster.connect()) {
      BenchCluster.execute(connection, "set enable_result_cache_for_session to off");
      Figures figures = measure(connection, cluster);
      shortQuery(connection, count);
      return figures;
    }
  }

  private Figures measure(Connection connection, BenchCluster cluster) throws Exception {
    List<String> answers = new ArrayList<>();
    for (int query = 1; query <= TpchQueries.COUNT; query++) {
      answers.add(BenchCluster.answer(connection, Tpch.query(query)));
      for (int warm = 0; warm < warmUps; warm++) {
        String unused = BenchCluster.answer(connection, Tpch.query(query));
      }
    }
    double[] cpu = new double[TpchQueries.COUNT];
    double[] compiling = new double[TpchQueries.COUNT];
    long[] bytes = new long[TpchQueries.COUNT];
    for (int query = 1; query <= TpchQueries.COUNT; query++) {
      double cpuBefore = cluster.cpuSeconds();
      double compiledBefore = CompilerTime.seconds(cluster.processes());
      long bytesBefore = cluster.exchangedBytes();
      for (int run = 0; run < runs; run++) {
        String unused = BenchCluster.answer(connection, Tpch.query(query));
      }
      cpu[query - 1] = (cluster.cpuSeconds() - cpuBefore) / runs;
      compiling[query - 1] = (CompilerTime.seconds(cluster.processes()) - compiledBefore) / runs;
      bytes[query - 1] = (cluster.exchangedBytes() - bytesBefore) / runs;
    }
    return new Figures(cpu, compiling, bytes, answers);
  }

  /// A query of a few rows, which the leader runs alone, and the smallest that nodes take part in.
  private void shortQuery(Connection connection, int count) throws SQLException {
    double alone = median(connection, "select n_name from nation where n_nationkey = 7");
    double spread = median(connection, "select count(*) from customer where c_custkey < 100");
    System.out.printf(
        "%d nodes: a query of one row takes %.1f ms on the leader, a short one over the nodes"
            + " %.1f ms (medians of 100)%n",
        count, alone, spread);
  }

  private static double median(Connection connection, String query) throws SQLException {
    double[] times = new double[100];
    for (int run = 0; run < times.length; run++) {
      long begun = System.nanoTime();
      String unused = BenchCluster.answer(connection, query);
      times[run] = (System.nanoTime() - begun) / 1e6;
    }
    Arrays.sort(times);
    return times[times.length / 2];
  }
}

package io.redward.bench;

import io.redward.bench.report.BenchReport;
import io.redward.bench.report.Machine;
import io.redward.bench.report.Measure;
import io.redward.foundation.files.FileTree;
import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import io.redward.server.TpchQueries;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.stream.DoubleStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench first-run`: what the 22 queries take in a server that has just started, against what they
/// take hot: a new one that has done nothing but load its tables; one with an empty code cache and
/// no kept plans; and one that finds both after a restart. The last two each from the moment at
/// which the server says it is ready, and from the one at which the server says it is warm
/// (`/health/warm`). The 22 first runs come one after another; only then each query is repeated.
@Command(
    name = "first-run",
    description = "TPC-H: first runs in a fresh server and after a restart, against hot runs.",
    mixinStandardHelpOptions = true)
final class FirstRunBench implements Callable<Integer> {
  private static final int GOAL_MILLIS = 250;

  @Option(names = "--scale", defaultValue = "1", description = "Scale factor (${DEFAULT-VALUE}).")
  private double scale;

  @Option(names = "--runs", defaultValue = "5", description = "Hot runs (${DEFAULT-VALUE}).")
  private int runs;

  @Mixin private BenchOptions options;

  /// One server's life.
  ///
  /// @param name what is special about it
  /// @param startMillis until the first connection
  /// @param beforeFirstMillis until the first query
  /// @param firstCpu processor time of the server during all first runs, warm-up and compilers
  ///     included, in milliseconds: what the figures are worth on a machine with other load
  /// @param hotCpu the same of one hot run of each query
  /// @param threads who used `firstCpu`
  private record Life(
      String name,
      double startMillis,
      double beforeFirstMillis,
      double[] first,
      double[] hot,
      double firstCpu,
      double hotCpu,
      ThreadTimes threads) {}

  @Override
  public Integer call() throws Exception {
    Machine machine = Machine.here();
    Path root = options.scratch();
    Path data = root.resolve("first-run-" + scale);
    Files.createDirectories(data);
    Path files = root.resolve("tpch-" + scale);
    new TpchFiles(files, scale).generate(new ProgressLine(System.out));
    System.out.printf("load of the machine: %s%n", load());
    List<Life> lives = new ArrayList<>();
    lives.add(loading(data, Tpch.workload(files)));
    for (boolean warm : List.of(false, true)) {
      FileTree.delete(data.resolve("warehouse").resolve("code"));
      FileTree.delete(data.resolve("warehouse").resolve("plans"));
      lives.add(live(data, warm ? "fresh, warm" : "fresh, at once", warm));
      lives.add(live(data, warm ? "restarted, warm" : "restarted, at once", warm));
    }
    System.out.printf("load of the machine: %s%n", load());
    print(lives);
    options.write(
        new BenchReport(
            "first-run", Map.of("scale", Double.toString(scale)), "hot", machine, measures(lives)));
    return 0;
  }

  /// First runs against hot ones, which stand where the other engine's figures do elsewhere.
  private static List<Measure> measures(List<Life> lives) {
    List<Measure> measures = new ArrayList<>();
    double[] hot = hot(lives);
    for (Life one : lives) {
      String name = one.name;
      measures.add(
          new Measure(
              name + ", start to first connection", "ms", "start", one.startMillis, Double.NaN));
      measures.add(
          new Measure(
              name + ", start to first query", "ms", "start", one.beforeFirstMillis, Double.NaN));
      measures.add(
          new Measure(
              name + ", geometric mean",
              "ms",
              "all queries",
              geometricMean(one.first),
              geometricMean(hot)));
      measures.add(
          new Measure(name + ", processor time", "ms", "all queries", one.firstCpu, one.hotCpu));
      for (int query = 0; query < hot.length; query++) {
        String work = "q%02d".formatted(query + 1);
        measures.add(new Measure(name + ", first run", "ms", work, one.first[query], hot[query]));
      }
    }
    return measures;
  }

  /// Each query's hot runs, on average of all lives.
  private static double[] hot(List<Life> lives) {
    double[] hot = new double[TpchQueries.COUNT];
    for (int query = 0; query < hot.length; query++) {
      int place = query;
      hot[query] = lives.stream().mapToDouble(life -> life.hot[place]).average().orElseThrow();
    }
    return hot;
  }

  private Life loading(Path data, Workload workload) throws IOException, SQLException {
    long begun = System.nanoTime();
    try (RedwardContender server = new RedwardContender(data)) {
      double startMillis = (System.nanoTime() - begun) / 1e6;
      System.out.printf("loaded in %.1f s%n", server.load(workload));
      return live(server, "new, just loaded", startMillis, (System.nanoTime() - begun) / 1e6);
    }
  }

  private Life live(Path data, String name, boolean warm)
      throws IOException, SQLException, InterruptedException {
    long begun = System.nanoTime();
    try (RedwardContender server = RedwardContender.reopen(data)) {
      double startMillis = (System.nanoTime() - begun) / 1e6;
      if (warm) {
        server.awaitWarm();
      }
      return live(server, name, startMillis, (System.nanoTime() - begun) / 1e6);
    }
  }

  private Life live(
      RedwardContender server, String name, double startMillis, double beforeFirstMillis)
      throws IOException, SQLException {
    double cpuBefore = server.cpuMillis();
    ThreadTimes threadsBefore = server.threadTimes();
    double[] first = new double[TpchQueries.COUNT];
    for (int query = 0; query < first.length; query++) {
      first[query] = server.run(Tpch.query(query + 1));
    }
    double cpuBetween = server.cpuMillis();
    ThreadTimes threads = server.threadTimes().since(threadsBefore);
    double[] hot = new double[TpchQueries.COUNT];
    for (int query = 0; query < hot.length; query++) {
      hot[query] = hot(server, Tpch.query(query + 1));
    }
    double cpuRepeated = server.cpuMillis();
    for (int query = 0; query < hot.length; query++) {
      server.run(Tpch.query(query + 1));
    }
    return new Life(
        name,
        startMillis,
        beforeFirstMillis,
        first,
        hot,
        cpuBetween - cpuBefore,
        server.cpuMillis() - cpuRepeated,
        threads);
  }

  private double hot(RedwardContender server, String query) throws SQLException {
    double[] times = new double[runs];
    for (int run = 0; run < runs; run++) {
      times[run] = server.run(query);
    }
    Arrays.sort(times);
    return times[runs / 2];
  }

  private static void print(List<Life> lives) {
    double[] hot = hot(lives);
    System.out.print(" query |");
    lives.forEach(life -> System.out.printf(" %-18s |", life.name));
    System.out.println("      hot");
    for (int query = 0; query < hot.length; query++) {
      System.out.printf("   q%02d |", query + 1);
      for (Life life : lives) {
        double first = life.first[query];
        System.out.printf(" %6.1f ms (%5.2f x) |", first, first / hot[query]);
      }
      System.out.printf(" %5.1f ms%n", hot[query]);
    }
    lives.forEach(life -> print(life, hot));
  }

  private static void print(Life life, double[] hot) {
    System.out.printf(
        "%s: start to first connection %.0f ms, to first query %.0f ms; first runs: geometric mean"
            + " %.1f ms (%.2f x hot), slowest %.0f ms, %d of %d under %d ms; processor time %.1f s"
            + " (%.2f x hot): %s%n",
        life.name,
        life.startMillis,
        life.beforeFirstMillis,
        geometricMean(life.first),
        geometricMean(life.first) / geometricMean(hot),
        DoubleStream.of(life.first).max().orElse(0),
        DoubleStream.of(life.first).filter(millis -> millis < GOAL_MILLIS).count(),
        life.first.length,
        GOAL_MILLIS,
        life.firstCpu / 1e3,
        life.firstCpu / life.hotCpu,
        life.threads);
  }

  private static double geometricMean(double[] values) {
    return Math.exp(DoubleStream.of(values).map(Math::log).average().orElse(0));
  }

  private static double load() {
    return ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage();
  }
}

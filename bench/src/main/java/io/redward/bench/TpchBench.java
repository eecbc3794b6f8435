package io.redward.bench;

import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import io.redward.server.TpchQueries;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench tpch`: loads both engines from the same files, restarts ours so that nothing is warm,
/// then runs each query in both in turn.
@Command(
    name = "tpch",
    description = "TPC-H: load, first run and hot runs, sizes and memory, against DuckDB.",
    mixinStandardHelpOptions = true)
final class TpchBench implements Callable<Integer> {
  @Option(names = "--scale", defaultValue = "1", description = "Scale factor (${DEFAULT-VALUE}).")
  private double scale;

  @Option(names = "--against", defaultValue = "duckdb", description = "duckdb (${DEFAULT-VALUE}).")
  private String against = "duckdb";

  @Option(names = "--runs", defaultValue = "5", description = "Hot runs (${DEFAULT-VALUE}).")
  private int runs;

  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here too.")
  private String json = "";

  @Option(names = "--data", paramLabel = "DIR", description = "Scratch directory (data/bench).")
  private String directory = "";

  @Override
  public Integer call() throws Exception {
    if (!against.equals("duckdb")) {
      System.err.println("redward bench: cannot measure against \"" + against + "\", only duckdb");
      return 2;
    }
    Path data =
        directory.isEmpty()
            ? Path.of(System.getProperty("redward.home", "."), "data", "bench").toAbsolutePath()
            : Path.of(directory).toAbsolutePath();
    Files.createDirectories(data);
    Path files = data.resolve("tpch-" + scale);
    new TpchFiles(files, scale).generate(new ProgressLine(System.out));
    try (RedwardContender ours = new RedwardContender(data);
        DuckDbContender theirs = new DuckDbContender(data)) {
      double ourLoad = ours.load(files);
      System.out.printf("load redward %.1f s%n", ourLoad);
      double theirLoad = theirs.load(files);
      System.out.printf("load duckdb  %.1f s   ratio %.2f%n", theirLoad, ourLoad / theirLoad);
      ours.restart();
      List<QueryFigures> figures = new ArrayList<>();
      System.out.println(QueryFigures.HEADER);
      for (int number = 1; number <= TpchQueries.COUNT; number++) {
        figures.add(measure(number, ours, theirs));
        System.out.println(figures.getLast().line());
      }
      TpchReport report =
          new TpchReport(
              scale,
              ourLoad,
              theirLoad,
              ours.bytesOnDisk(),
              theirs.bytesOnDisk(),
              ours.peakMemoryBytes(),
              theirs.peakMemoryBytes(),
              figures);
      report.print(System.out);
      if (!json.isEmpty()) {
        report.writeJson(Path.of(json));
      }
    }
    return 0;
  }

  private QueryFigures measure(int number, RedwardContender ours, DuckDbContender theirs)
      throws Exception {
    String query = Tpch.query(number);
    double ourFirst = ours.run(query);
    double theirFirst = theirs.run(query);
    double[] ourRuns = new double[runs];
    double[] theirRuns = new double[runs];
    for (int run = 0; run < runs; run++) {
      ourRuns[run] = ours.run(query);
      theirRuns[run] = theirs.run(query);
    }
    boolean same = Answers.agree(ours.answer(query), theirs.answer(query));
    return new QueryFigures(number, ourFirst, median(ourRuns), theirFirst, median(theirRuns), same);
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}

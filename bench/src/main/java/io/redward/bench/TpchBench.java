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

  @Option(
      names = "--answers",
      paramLabel = "DIR",
      description =
          "Only compare our answers with known ones (q01.csv ... q22.csv, cells parted by |).")
  private String answers = "";

  @Option(
      names = "--query-memory",
      defaultValue = "0",
      paramLabel = "KB",
      description = "What a query may keep in memory, with --answers (0: what there is).")
  private long queryMemory;

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
    if (!answers.isEmpty()) {
      return check(data, files);
    }
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

  /// Runs each query once and compares its rows with a file's.
  private int check(Path data, Path files) throws Exception {
    int agreeing = 0;
    try (RedwardContender ours = new RedwardContender(data)) {
      ours.load(files);
      ours.execute("set query_memory to " + queryMemory);
      for (int number = 1; number <= TpchQueries.COUNT; number++) {
        Path known = Path.of(answers).resolve("q%02d.csv".formatted(number));
        List<String> wanted = new ArrayList<>(Files.readAllLines(known));
        wanted.removeFirst();
        wanted.removeIf(String::isEmpty);
        long begun = System.nanoTime();
        List<String> answer = ours.answer(Tpch.query(number));
        double millis = (System.nanoTime() - begun) / 1e6;
        boolean same = Answers.agree(answer, wanted);
        agreeing += same ? 1 : 0;
        System.out.printf(
            "   q%02d | %6d rows | %9.1f ms | %s%n",
            number, answer.size(), millis, same ? "agrees" : "DIFFERS");
      }
      System.out.printf(
          "%d of %d answers agree; peak memory %d MB%n",
          agreeing, TpchQueries.COUNT, ours.peakMemoryBytes() >> 20);
    }
    return agreeing == TpchQueries.COUNT ? 0 : 1;
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

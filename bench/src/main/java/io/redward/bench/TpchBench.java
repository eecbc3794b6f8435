package io.redward.bench;

import io.redward.server.ProgressLine;
import io.redward.server.TpchFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench tpch`: the 22 queries of TPC-H as [Comparison] runs them, or compared with known answers.
@Command(
    name = "tpch",
    description = "TPC-H: load, first run and hot runs, sizes and memory, against DuckDB.",
    mixinStandardHelpOptions = true)
final class TpchBench implements Callable<Integer> {
  @Option(names = "--scale", defaultValue = "1", description = "Scale factor (${DEFAULT-VALUE}).")
  private double scale;

  @Option(
      names = "--answers",
      paramLabel = "DIR",
      description =
          "Only compare our answers with known ones (q01.csv ... q22.csv, cells parted by |).")
  private String answers = "";

  @Mixin private ComparisonOptions comparison;
  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws Exception {
    comparison.check();
    Path data = options.scratch();
    Path files = data.resolve("tpch-" + scale);
    new TpchFiles(files, scale).generate(new ProgressLine(System.out));
    Workload workload = Tpch.workload(files);
    if (!answers.isEmpty()) {
      return check(data, workload);
    }
    comparison.run("tpch", Map.of("scale", Double.toString(scale)), workload, options);
    return 0;
  }

  /// Runs each query once and compares its rows with a file's.
  private int check(Path data, Workload workload) throws Exception {
    int agreeing = 0;
    try (RedwardContender ours = comparison.redward(data)) {
      ours.load(workload);
      for (Workload.Query query : workload.queries()) {
        Path known = Path.of(answers).resolve(query.name() + ".csv");
        List<String> wanted = new ArrayList<>(Files.readAllLines(known));
        wanted.removeFirst();
        wanted.removeIf(String::isEmpty);
        long begun = System.nanoTime();
        List<String> answer = ours.answer(query.text());
        double millis = (System.nanoTime() - begun) / 1e6;
        boolean same = Answers.agree(answer, wanted);
        agreeing += same ? 1 : 0;
        System.out.printf(
            "   %s | %6d rows | %9.1f ms | %s%n",
            query.name(), answer.size(), millis, same ? "agrees" : "DIFFERS");
      }
      System.out.printf(
          "%d of %d answers agree; peak memory %d MB%n",
          agreeing, workload.queries().size(), ours.peakMemoryBytes() >> 20);
    }
    return agreeing == workload.queries().size() ? 0 : 1;
  }
}

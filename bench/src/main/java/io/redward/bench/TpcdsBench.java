package io.redward.bench;

import io.redward.bench.report.BenchReport;
import io.redward.server.ProgressLine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench tpcds`: the 99 queries of TPC-DS as [Comparison] runs them.
@Command(
    name = "tpcds",
    description = "TPC-DS: load, first run and hot runs, sizes and memory, against DuckDB.",
    mixinStandardHelpOptions = true)
final class TpcdsBench implements Callable<Integer> {
  @Option(names = "--scale", defaultValue = "1", description = "Scale factor (${DEFAULT-VALUE}).")
  private double scale;

  @Option(
      names = "--suite",
      paramLabel = "DIR",
      description =
          "Holds schema.sql and queries/01.sql ... 99.sql (../shared/suites/tpcds); TPC's texts are"
              + " not part of this project.")
  private String suite = "";

  @Option(
      names = "--timeout",
      paramLabel = "SECONDS",
      defaultValue = "120",
      description = "After this time our queries are cancelled (${DEFAULT-VALUE}).")
  private int timeout;

  @Mixin private ComparisonOptions comparison;
  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws Exception {
    comparison.check();
    Path texts =
        suite.isEmpty()
            ? Path.of(System.getProperty("redward.home", "."), "../shared/suites/tpcds")
            : Path.of(suite);
    if (!Files.exists(texts.resolve("queries"))) {
      System.err.println("redward bench: no TPC-DS queries in " + texts + " (see --suite)");
      return 2;
    }
    Path data = options.scratch();
    Path files = data.resolve("tpcds-" + scale);
    new TpcdsFiles(files, scale).generate(new ProgressLine(System.out));
    try (RedwardContender ours = comparison.redward(data);
        DuckDbContender theirs = comparison.duckDb(data)) {
      ours.set("statement_timeout", Long.toString(timeout * 1_000L));
      BenchReport report =
          new Comparison(ours, theirs, Tpcds.workload(texts, files), comparison.runs())
              .run("tpcds", Map.of("scale", Double.toString(scale)));
      report.printSummary(System.out);
      options.write(report);
    }
    comparison.drawProfile(data);
    return 0;
  }
}

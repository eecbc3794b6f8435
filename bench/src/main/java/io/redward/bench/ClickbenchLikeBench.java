package io.redward.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench clickbench-like`: queries over one wide table of page views, as [Comparison] runs them.
@Command(
    name = "clickbench-like",
    description =
        "42 queries over a wide table of synthetic page views: counts, groupings of few and of"
            + " many values, LIKE, top rows, dates; load, first run and hot runs, against DuckDB.",
    mixinStandardHelpOptions = true)
final class ClickbenchLikeBench implements Callable<Integer> {
  @Option(
      names = "--rows",
      defaultValue = "2000000",
      description = "Rows of the table (${DEFAULT-VALUE}).")
  private long rows;

  @Mixin private ComparisonOptions comparison;
  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws Exception {
    Path files = options.scratch().resolve("hits-" + rows);
    new HitsFiles(files, rows).generate();
    Workload workload = SuiteTexts.workload("hits", HitsFiles.tables(), files);
    comparison.run("clickbench-like", Map.of("rows", Long.toString(rows)), workload, options);
    return 0;
  }
}

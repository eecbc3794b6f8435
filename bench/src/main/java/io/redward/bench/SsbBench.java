package io.redward.bench;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `bench ssb`: the 13 queries of the Star Schema Benchmark as [Comparison] runs them.
@Command(
    name = "ssb",
    description = "Star Schema Benchmark: load, first run and hot runs, against DuckDB.",
    mixinStandardHelpOptions = true)
final class SsbBench implements Callable<Integer> {
  @Option(names = "--scale", defaultValue = "1", description = "Scale factor (${DEFAULT-VALUE}).")
  private double scale;

  @Mixin private ComparisonOptions comparison;
  @Mixin private BenchOptions options;

  @Override
  public Integer call() throws Exception {
    Path files = options.scratch().resolve("ssb-" + scale);
    new SsbFiles(files, scale).generate();
    Workload workload = SuiteTexts.workload("ssb", SsbFiles.tables(), files);
    comparison.run("ssb", Map.of("scale", Double.toString(scale)), workload, options);
    return 0;
  }
}

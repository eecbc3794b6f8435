package io.redward.bench.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench differential`: random queries whose rows must be DuckDB's.
@Command(
    name = "differential",
    description =
        "Run random queries over small random tables here and in DuckDB and compare their rows;"
            + " print the smallest query and tables that show a difference.",
    mixinStandardHelpOptions = true)
public final class DifferentialBench implements Callable<Integer> {
  @Option(names = "--queries", defaultValue = "10000", description = "How many (${DEFAULT-VALUE}).")
  private long queries;

  @Option(names = "--seed", defaultValue = "1", description = "Of all choices (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--kernels",
      defaultValue = "scalar",
      description = "scalar or vector (${DEFAULT-VALUE}).")
  private String kernels = "scalar";

  @Option(names = "--out", paramLabel = "DIR", description = "Where differences go as .slt files.")
  private String out = "";

  @Override
  public Integer call() throws Exception {
    if (kernels.equals("vector")) {
      FuzzWarehouse.useVectorKernels();
    } else if (!kernels.equals("scalar")) {
      System.err.println("differential: --kernels is scalar or vector");
      return 2;
    }
    try (FuzzWarehouse warehouse = new FuzzWarehouse()) {
      Fuzzer fuzzer =
          new Fuzzer(
              warehouse::subject,
              Optional.of(FuzzWarehouse::duckDb),
              out.isEmpty() ? Optional.empty() : Optional.of(Path.of(out)));
      List<Fuzzer.Failure> failures =
          fuzzer.run(() -> fuzzer.checks() < queries, seed, System.out::println);
      System.out.printf("%d queries, %d differences%n", fuzzer.checks(), failures.size());
      return failures.isEmpty() ? 0 : 1;
    }
  }
}

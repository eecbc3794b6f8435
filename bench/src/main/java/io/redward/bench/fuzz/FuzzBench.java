package io.redward.bench.fuzz;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// `bench fuzz`: random statements, checked without knowing their answers.
@Command(
    name = "fuzz",
    description =
        "Run random statements over small random tables and look for crashes, internal errors and"
            + " wrong answers; print the smallest statements that show each.",
    mixinStandardHelpOptions = true)
public final class FuzzBench implements Callable<Integer> {
  @Option(
      names = "--statements",
      defaultValue = "100000",
      description = "How many (${DEFAULT-VALUE}).")
  private long statements;

  @Option(names = "--seed", defaultValue = "1", description = "Of all choices (${DEFAULT-VALUE}).")
  private long seed;

  @Option(
      names = "--against",
      paramLabel = "ENGINE",
      description = "Compare rows with another engine's: duckdb.")
  private String against = "";

  @Option(names = "--out", paramLabel = "DIR", description = "Where failures go as .slt files.")
  private String out = "";

  @Override
  public Integer call() throws Exception {
    if (!against.isEmpty() && !against.equals("duckdb")) {
      System.err.println("fuzz: --against knows duckdb only");
      return 2;
    }
    try (FuzzWarehouse warehouse = new FuzzWarehouse()) {
      Fuzzer fuzzer =
          new Fuzzer(
              warehouse::subject,
              against.isEmpty() ? Optional.empty() : Optional.of(FuzzWarehouse::duckDb),
              out.isEmpty() ? Optional.empty() : Optional.of(Path.of(out)));
      List<Fuzzer.Failure> failures =
          fuzzer.run(() -> fuzzer.statements() < statements, seed, System.out::println);
      System.out.printf(
          "%d statements (%d distinct), %d checks, %d failures; %s%n",
          fuzzer.statements(),
          fuzzer.distinct(),
          fuzzer.checks(),
          failures.size(),
          Consumption.now().text(fuzzer.statements()));
      return failures.isEmpty() ? 0 : 1;
    }
  }
}

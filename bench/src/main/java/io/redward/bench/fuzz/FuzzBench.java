package io.redward.bench.fuzz;

import io.redward.server.EmbeddedWarehouse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
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
    Path directory = Files.createTempDirectory("redward-fuzz");
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true)) {
      Fuzzer fuzzer =
          new Fuzzer(
              () -> limited(new Subject(connect(warehouse))),
              against.isEmpty() ? Optional.empty() : Optional.of(FuzzBench::duckDb),
              out.isEmpty() ? Optional.empty() : Optional.of(Path.of(out)));
      List<Fuzzer.Failure> failures = fuzzer.run(statements, seed, System.out::println);
      System.out.printf(
          "%d statements, %d checks, %d failures%n",
          fuzzer.statements(), fuzzer.checks(), failures.size());
      return failures.isEmpty() ? 0 : 1;
    } finally {
      delete(directory);
    }
  }

  private static Connection connect(EmbeddedWarehouse warehouse) throws SQLException {
    return DriverManager.getConnection(
        warehouse.url() + "?user=admin&preferQueryMode=simple&connectTimeout=30");
  }

  private static Subject limited(Subject subject) throws SQLException {
    try {
      subject.execute("set statement_timeout to 20000");
      return subject;
    } catch (Subject.Refused | Subject.Broken e) {
      throw new SQLException(e);
    }
  }

  private static Subject duckDb() throws SQLException {
    return new Subject(DriverManager.getConnection("jdbc:duckdb:"));
  }

  private static void delete(Path directory) throws Exception {
    try (Stream<Path> all = Files.walk(directory)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(path);
      }
    }
  }
}

package io.redward.bench;

import io.redward.bench.report.BenchReport;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/// The options of benches that run two engines side by side, and the engines so asked for.
final class ComparisonOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec command;

  @Option(names = "--against", defaultValue = "duckdb", description = "duckdb (${DEFAULT-VALUE}).")
  private String against = "duckdb";

  @Option(names = "--runs", defaultValue = "5", description = "Hot runs (${DEFAULT-VALUE}).")
  private int runs;

  @Option(
      names = "--query-memory",
      defaultValue = "0",
      paramLabel = "KB",
      description = "What a query may keep in memory, in both engines (0: what there is).")
  private long queryMemory;

  @Option(
      names = "--heap",
      defaultValue = "6g",
      paramLabel = "SIZE",
      description = "Java heap of our server (${DEFAULT-VALUE}).")
  private String heap = "6g";

  @Option(
      names = "--cache-memory",
      defaultValue = "",
      paramLabel = "SIZE",
      description = "Block cache of our server (its own default).")
  private String cacheMemory = "";

  @Mixin private ProfileOption profile;

  /// Refuses engines that cannot be measured.
  void check() {
    if (!against.equals("duckdb")) {
      throw new ParameterException(
          command.commandLine(), "cannot measure against \"" + against + "\", only duckdb");
    }
  }

  /// Runs a workload in both engines, prints and writes the figures, and draws the profile.
  void run(String bench, Map<String, String> settings, Workload workload, BenchOptions options)
      throws SQLException, IOException, InterruptedException {
    check();
    Path data = options.scratch();
    try (RedwardContender ours = redward(data);
        DuckDbContender theirs = duckDb(data)) {
      BenchReport report = new Comparison(ours, theirs, workload, runs).run(bench, settings);
      report.printSummary(System.out);
      options.write(report);
    }
    drawProfile(data);
  }

  int runs() {
    return runs;
  }

  /// Our engine, new and empty.
  RedwardContender redward(Path data) throws IOException, SQLException {
    List<String> arguments = new ArrayList<>();
    if (!cacheMemory.isEmpty()) {
      arguments.addAll(List.of("--cache-memory", cacheMemory));
    }
    RedwardContender ours =
        new RedwardContender(data, "-Xmx" + heap + profile.jvmOptions(data), arguments);
    if (queryMemory > 0) {
      ours.set("query_memory", Long.toString(queryMemory));
    }
    return ours;
  }

  /// Draws the flame graph if one was asked for; our server has ended.
  void drawProfile(Path data) throws IOException {
    profile.draw(data);
  }

  /// The other engine, new and empty.
  DuckDbContender duckDb(Path data) throws IOException, SQLException {
    DuckDbContender theirs = new DuckDbContender(data);
    if (queryMemory > 0) {
      theirs.execute("set memory_limit to '" + queryMemory + "KiB'");
    }
    return theirs;
  }
}

package io.redward.bench;

import io.redward.bench.report.BenchReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Option;

/// The options that benches share: where they work and where their figures go.
final class BenchOptions {
  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here too.")
  private String json = "";

  @Option(names = "--data", paramLabel = "DIR", description = "Scratch directory (data/bench).")
  private String directory = "";

  /// The scratch directory, made if need be.
  Path scratch() throws IOException {
    Path scratch =
        directory.isEmpty()
            ? Path.of(System.getProperty("redward.home", "."), "data", "bench").toAbsolutePath()
            : Path.of(directory).toAbsolutePath();
    Files.createDirectories(scratch);
    return scratch;
  }

  /// Writes a report to where it was asked for.
  void write(BenchReport report) throws IOException {
    if (!json.isEmpty()) {
      report.writeJson(Path.of(json));
    }
  }
}

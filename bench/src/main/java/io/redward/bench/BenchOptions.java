package io.redward.bench;

import io.redward.bench.report.BenchReport;
import io.redward.bench.report.HtmlReport;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// The options that benches share: where they work and where their figures go.
final class BenchOptions {
  @Option(names = "--json", paramLabel = "FILE", description = "Write the figures here too.")
  private String json = "";

  @Option(
      names = "--report",
      paramLabel = "FILE.html",
      description = "Write a page with charts, which needs nothing from elsewhere.")
  private String report = "";

  @Mixin private ScratchOption scratch;

  /// The scratch directory, made if need be.
  Path scratch() throws IOException {
    return scratch.directory();
  }

  /// Writes figures to where it was asked for.
  void write(BenchReport figures) throws IOException {
    if (!json.isEmpty()) {
      figures.writeJson(Path.of(json));
    }
    if (!report.isEmpty()) {
      HtmlReport.write(List.of(figures), Path.of(report));
    }
  }
}

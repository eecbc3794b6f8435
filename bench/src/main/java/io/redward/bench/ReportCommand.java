package io.redward.bench;

import io.redward.bench.report.BenchReport;
import io.redward.bench.report.HtmlReport;
import io.redward.bench.report.ReportFile;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `bench report`: one page of what several benches have written with `--json`.
@Command(
    name = "report",
    description = "Write one HTML page from the figures of several benches.",
    mixinStandardHelpOptions = true)
final class ReportCommand implements Callable<Integer> {
  @Parameters(arity = "1..*", paramLabel = "FILE.json", description = "Files written by --json.")
  private List<Path> files = List.of();

  @Option(names = "--report", required = true, paramLabel = "FILE.html", description = "The page.")
  private Path page = Path.of("");

  @Override
  public Integer call() throws Exception {
    List<BenchReport> reports = new ArrayList<>();
    for (Path file : files) {
      reports.add(ReportFile.read(file));
    }
    HtmlReport.write(reports, page);
    return 0;
  }
}

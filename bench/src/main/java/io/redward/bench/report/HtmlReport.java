package io.redward.bench.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// Writes reports as one HTML page that needs nothing from elsewhere: style and charts are in it.
public final class HtmlReport {
  private static final String STYLE =
      """
      body { font: 15px/1.45 system-ui, sans-serif; max-width: 62rem; margin: 2rem auto;
        padding: 0 1rem; color: #1c1e21; background: #fff; }
      h1 { font-size: 1.5rem; } h2 { font-size: 1.2rem; margin-top: 2.5rem; }
      h3 { font-size: 1rem; margin-top: 1.6rem; }
      table { border-collapse: collapse; margin: .6rem 0; font-variant-numeric: tabular-nums; }
      th, td { padding: .15rem .7rem .15rem 0; text-align: right;
        border-bottom: 1px solid #e4e6e8; }
      th:first-child, td:first-child, td.note { text-align: left; }
      td.faster { color: #1a7f37; } td.slower { color: #b3261e; }
      svg { width: 100%; height: auto; } details { margin: .4rem 0; }
      .ours { fill: #b3261e; } .theirs { fill: #8a96a3; }
      """;

  private final StringBuilder html = new StringBuilder();

  private HtmlReport() {}

  public static void write(List<BenchReport> reports, Path file) throws IOException {
    Files.writeString(file, new HtmlReport().page(reports));
  }

  /// The page.
  public static String text(List<BenchReport> reports) {
    return new HtmlReport().page(reports);
  }

  private String page(List<BenchReport> reports) {
    html.append("<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">")
        .append("<title>Redward bench</title>\n<style>\n")
        .append(STYLE)
        .append("</style></head><body>\n<h1>Redward bench</h1>\n");
    for (BenchReport report : reports) {
      report(report);
    }
    return html.append("</body></html>\n").toString();
  }

  private void report(BenchReport report) {
    StringBuilder title = new StringBuilder(report.bench());
    report
        .options()
        .forEach((name, value) -> title.append(", ").append(name).append(' ').append(value));
    html.append("<h2>").append(escaped(title.toString())).append("</h2>\n");
    Map<String, List<Measure>> metrics = report.metrics();
    summary(report, metrics);
    for (Map.Entry<String, List<Measure>> metric : metrics.entrySet()) {
      if (metric.getValue().size() > 1) {
        html.append("<h3>").append(escaped(metric.getKey())).append("</h3>\n");
        if (metric.getValue().stream().anyMatch(Measure::compared)) {
          html.append(BarChart.ratios(metric.getValue(), report.other()));
        }
        html.append(BarChart.values(metric.getValue(), report.other()));
        html.append("<details><summary>figures</summary>\n");
        head("", report.other());
        metric.getValue().forEach(measure -> row(measure.work(), measure));
        html.append("</table></details>\n");
      }
    }
    html.append("<h3>machine</h3>\n<table>\n");
    report
        .machine()
        .facts()
        .forEach(
            (name, value) ->
                html.append("<tr><td>")
                    .append(escaped(name))
                    .append("</td><td class=\"note\">")
                    .append(escaped(value))
                    .append("</td></tr>\n"));
    html.append("</table>\n");
  }

  private void summary(BenchReport report, Map<String, List<Measure>> metrics) {
    head("", report.other());
    for (List<Measure> metric : metrics.values()) {
      if (metric.size() == 1) {
        row(metric.getFirst().metric(), metric.getFirst());
      }
    }
    html.append("</table>\n");
  }

  private void head(String first, String other) {
    html.append("<table>\n<tr><th>").append(first).append("</th><th>redward</th>");
    html.append("<th>").append(escaped(other)).append("</th><th>ratio</th><th></th></tr>\n");
  }

  private void row(String name, Measure measure) {
    html.append("<tr><td>").append(escaped(name)).append("</td>");
    cell(measure.ours(), measure.unit());
    if (measure.compared()) {
      cell(measure.theirs(), measure.unit());
      html.append("<td class=\"")
          .append(measure.noWorse() ? "faster" : "slower")
          .append("\">%.2f</td>".formatted(measure.ratio()));
    } else {
      html.append("<td></td><td></td>");
    }
    html.append("<td class=\"note\">").append(escaped(measure.note())).append("</td></tr>\n");
  }

  private void cell(double value, String unit) {
    String text = Double.isNaN(value) ? "failed" : BenchReport.number(value) + " " + unit;
    html.append("<td>").append(escaped(text.strip())).append("</td>");
  }

  static String escaped(String text) {
    return text.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}

package io.redward.bench.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BenchReportTest {
  private static final BenchReport REPORT =
      new BenchReport(
          "tpch",
          Map.of("scale", "1.0"),
          "duckdb",
          new Machine(Map.of("processor", "a \"fast\" one")),
          List.of(
              new Measure("hot run", "ms", "q01", 12.5, 25),
              new Measure("hot run", "ms", "q02", 40, 10, "row <1> differs"),
              new Measure("disk", "MB", "all tables", 100, Double.NaN)));

  @TempDir private Path directory;

  @Test
  void what_is_written_is_read_again() throws Exception {
    Path file = directory.resolve("report.json");
    REPORT.writeJson(file);
    assertThat(ReportFile.read(file)).isEqualTo(REPORT);
  }

  @Test
  void a_failed_query_stays_a_failed_query() throws Exception {
    Path file = directory.resolve("failed.json");
    Measure failed = new Measure("hot run", "ms", "q01", Double.NaN, Double.NaN, "no such column");
    new BenchReport("tpcds", Map.of(), "duckdb", new Machine(Map.of()), List.of(failed))
        .writeJson(file);
    assertThat(ReportFile.read(file).measures()).containsExactly(failed);
  }

  @Test
  void the_page_charts_what_has_several_measures_and_asks_for_nothing_from_elsewhere() {
    String page = HtmlReport.text(List.of(REPORT));
    assertThat(page)
        .contains("<svg", "row &lt;1&gt; differs".replace("&gt;", ">"), ">0.50<", ">4.00<")
        .contains("100 MB", "a &quot;fast&quot; one")
        .doesNotContain("http", "src=", "@import", "url(", "NaN");
  }
}

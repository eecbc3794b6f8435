package io.redward.bench;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.bench.report.ReportFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class BenchOptionsTest {
  @TempDir private Path directory;

  @Test
  void everyBenchOfSpeedTakesTheSameOptionsForItsFigures() {
    CommandLine bench = new CommandLine(new Bench());
    for (String name :
        new String[] {
          "tpch",
          "tpcds",
          "ssb",
          "clickbench-like",
          "load",
          "concurrent",
          "short",
          "first-run",
          "inserts",
          "cache"
        }) {
      CommandLine command = Objects.requireNonNull(bench.getSubcommands().get(name));
      assertThat(command.getCommandSpec().optionsMap())
          .as(name)
          .containsKeys("--json", "--report", "--data");
    }
  }

  @Test
  void aBenchWritesItsFiguresAndAPageOfThem() throws Exception {
    Path json = directory.resolve("cache.json");
    Path page = directory.resolve("cache.html");
    int ended =
        new CommandLine(new Bench())
            .execute(
                "cache",
                "--reads",
                "2000",
                "--data",
                directory.toString(),
                "--json",
                json.toString(),
                "--report",
                page.toString());
    assertThat(ended).isZero();
    assertThat(ReportFile.read(json).measures()).isNotEmpty();
    assertThat(Files.readString(page))
        .contains("<svg", "% of blocks brought back", "<h3>machine</h3>")
        .doesNotContain("http", "src=", "@import");
  }
}

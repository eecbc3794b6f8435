package io.redward.tests.engines;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.EmbeddedWarehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Counts how many statements of DuckDB's and DataFusion's sqllogictest files do what the files
/// say, of those that are valid in the dialect. What fails is written to `target/engines.txt`, what
/// is otherwise for a reason to `target/engines-otherwise.txt`; each reason's count is printed.
/// Takes minutes: `-Dengines=part/of/a/path` runs the files of which the path has it, `-Dengines=`
/// all; without it nothing is run.
class EngineScriptsTest {
  private static final Path SUITE = Path.of("../../shared/suites/engines");
  private static final double WANTED = 0.98;

  @TempDir private Path directory;

  private final List<String> failures = new ArrayList<>();
  private final List<String> excused = new ArrayList<>();
  private final Map<String, Integer> reasons = new TreeMap<>();
  private int counting;
  private int passed;
  private int otherwise;

  @Test
  void statements_of_the_dialect_do_what_other_engines_files_say() throws Exception {
    String wanted = System.getProperty("engines");
    Assumptions.assumeTrue(wanted != null, "runs for minutes: ask with -Dengines=");
    Assumptions.assumeTrue(Files.exists(SUITE), "no ../shared: the files are absent");
    Verified verified = Verified.read(SUITE.resolve("verified_pg15.tsv.gz"));
    Path scripts = unpacked();
    KnownAnswers known = KnownAnswers.read();
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            directory.resolve("warehouse"),
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            true)) {
      int number = 0;
      for (String file : verified.files()) {
        if (file.contains(wanted) && Files.exists(scripts.resolve(file))) {
          run(warehouse.port(), "d" + number++, scripts, file, verified.lines(file), known);
        }
      }
    }
    Files.write(Path.of("target/engines.txt"), failures);
    Files.write(Path.of("target/engines-otherwise.txt"), excused.stream().sorted().toList());
    reasons.forEach((reason, count) -> System.out.printf("%5d %s%n", count, reason));
    assertThat(counting).isPositive();
    System.out.printf(
        "%d of %d statements do what the files say: %.2f %%; %d more are otherwise for a reason%n",
        passed, counting, 100.0 * passed / counting, otherwise);
    assertThat((double) passed / counting).isGreaterThanOrEqualTo(WANTED);
  }

  private void run(
      int port,
      String database,
      Path scripts,
      String file,
      Map<Integer, Verified.Count> lines,
      KnownAnswers known)
      throws IOException, SQLException {
    admin(port, "create database " + database);
    Map<Integer, Integer> right = new HashMap<>();
    Map<Integer, String> problems = new HashMap<>();
    try (ScriptRun run = new ScriptRun(port, database)) {
      for (ScriptStep step : ScriptFile.read(scripts.resolve(file))) {
        Optional<String> problem = run.run(step);
        if (problem.isEmpty()) {
          right.merge(step.line(), 1, Integer::sum);
        } else {
          problems.putIfAbsent(
              step.line(), problem.get() + "\n    " + step.sql().replace("\n", "\n    "));
        }
      }
    }
    lines.forEach(
        (line, count) -> {
          int good = Math.min(count.counting(), right.getOrDefault(line, 0));
          String problem = problems.getOrDefault(line, "not found in the file");
          Optional<String> reason = known.reason(file, line, problem);
          if (good < count.counting() && reason.isPresent()) {
            int other = count.counting() - good;
            otherwise += other;
            counting -= other;
            reasons.merge(reason.get(), other, Integer::sum);
            excused.add(reason.get() + ": " + file + ":" + line + ": " + problem);
          } else if (good < count.counting()) {
            failures.add(file + ":" + line + ": " + problem);
          }
          counting += count.counting();
          passed += good;
        });
    admin(port, "drop database " + database);
  }

  private static void admin(int port, String sql) throws SQLException {
    try (Connection connection =
            DriverManager.getConnection("jdbc:postgresql://127.0.0.1:" + port + "/dev?user=admin");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private Path unpacked() throws IOException, InterruptedException {
    Path scripts = Files.createDirectories(directory.resolve("scripts"));
    for (String archive : List.of("df.tar.gz", "duckdb.tar.gz")) {
      Path path = SUITE.resolve(archive).toAbsolutePath();
      Process tar =
          new ProcessBuilder("tar", "xzf", path.toString(), "-C", scripts.toString())
              .inheritIO()
              .start();
      assertThat(tar.waitFor()).isZero();
    }
    return scripts;
  }
}

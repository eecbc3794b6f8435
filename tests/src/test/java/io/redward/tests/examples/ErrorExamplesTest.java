package io.redward.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.EmbeddedWarehouse;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/// Runs the documented examples that end in an error, and those of EXPLAIN, over the TICKIT tables,
/// and prints how many give the documented message, or a plan of the documented shape. What the
/// others give is written to `target/errors.txt`.
class ErrorExamplesTest {
  private static final Path SHARED = Path.of("../../shared/redshift");
  private static final int ERRORS = 11;
  private static final int PLANS = 1;

  @TempDir private Path directory;

  @Test
  void documented_errors_and_plans_come_back() throws Exception {
    Assumptions.assumeTrue(Files.exists(SHARED), "no ../shared: the examples are absent");
    Assumptions.assumeTrue(Files.exists(TickitExamplesTest.DATA), "no ../shared: no tables");
    List<String> report = new ArrayList<>();
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true)) {
      TickitExamplesTest.load(warehouse.port());
      int errors = run(warehouse.port(), "examples_errors.json", "error", report);
      int plans = run(warehouse.port(), "examples_explain.json", "plan", report);
      Files.write(Path.of("target/errors.txt"), report);
      assertThat(errors).isGreaterThanOrEqualTo(ERRORS);
      assertThat(plans).isGreaterThanOrEqualTo(PLANS);
    }
  }

  private static int run(int port, String file, String what, List<String> report) throws Exception {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    int count = 0;
    int passed = 0;
    for (JsonNode example : JsonMapper.shared().readTree(SHARED.resolve(file).toFile())) {
      String page = example.path("file").asString().replace(".md", "");
      String key = page + "#" + numbers.merge(page, 1, Integer::sum);
      if (!example.has("sql")) {
        continue;
      }
      count++;
      Optional<String> problem =
          ExampleRun.run(port, List.of("set redshift_compat to strict"), example, false);
      passed += problem.isEmpty() ? 1 : 0;
      problem.ifPresent(text -> report.add(key + ": " + text));
    }
    System.out.printf("%d of %d documented examples of %ss match%n", passed, count, what);
    return passed;
  }
}

package io.redward.tests.examples;

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

  @TempDir private Path directory;

  @Test
  void documented_errors_and_plans_come_back() throws Exception {
    Assumptions.assumeTrue(Files.exists(SHARED), "no ../shared: the examples are absent");
    Assumptions.assumeTrue(Files.exists(TickitExamplesTest.DATA), "no ../shared: no tables");
    KnownDifferences known = KnownDifferences.read("error-differences.txt");
    Map<String, String> failures = new LinkedHashMap<>();
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true)) {
      TickitExamplesTest.load(warehouse.port());
      run(warehouse.port(), "error", failures);
      run(warehouse.port(), "explain", failures);
    }
    List<String> report = new ArrayList<>();
    failures.forEach((key, text) -> report.add(key + ": " + text));
    Files.write(Path.of("target/errors.txt"), report);
    known.assertAre(failures);
  }

  private static void run(int port, String what, Map<String, String> failures) throws Exception {
    Map<String, Integer> numbers = new LinkedHashMap<>();
    String file = what.equals("error") ? "examples_errors.json" : "examples_explain.json";
    int count = 0;
    int passed = 0;
    for (JsonNode example : JsonMapper.shared().readTree(SHARED.resolve(file).toFile())) {
      String page = example.path("file").asString().replace(".md", "");
      String key = what + " " + page + "#" + numbers.merge(page, 1, Integer::sum);
      if (!example.has("sql")) {
        continue;
      }
      count++;
      List<String> setup = new ArrayList<>();
      setup.addAll(KnownDifferences.setup("errors/" + key.replace(' ', '-').replace('#', '-')));
      setup.add("set redshift_compat to strict");
      Optional<String> problem = ExampleRun.run(port, setup, example, false);
      passed += problem.isEmpty() ? 1 : 0;
      problem.ifPresent(text -> failures.put(key, text));
    }
    System.out.printf("%d of %d documented examples of %ss match%n", passed, count, what);
  }
}

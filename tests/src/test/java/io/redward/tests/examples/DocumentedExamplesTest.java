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

/// Runs the documented examples that need no tables, each in a session of its own, and prints how
/// many give the printed result. Every other one has a line with its reason in
/// `known-differences.txt`; a reason that begins with `varies` says that the result depends on time
/// or place, and then its form is compared. What a page takes for granted (a user, a table, a
/// statement before) is made by `setup/<page>.sql` where there is such a file. What each of those
/// that fail gives is written to `target/examples.txt`.
class DocumentedExamplesTest {
  private static final Path EXAMPLES =
      Path.of("../../shared/redshift/examples_self_contained.json");

  @TempDir private Path directory;

  @Test
  void self_contained_examples_print_what_is_documented() throws Exception {
    Assumptions.assumeTrue(Files.exists(EXAMPLES), "no ../shared: the examples are absent");
    KnownDifferences known = KnownDifferences.read("known-differences.txt");
    Map<String, String> failures = new LinkedHashMap<>();
    int count = 0;
    int shapes = 0;
    int prepared = 0;
    try (EmbeddedWarehouse warehouse =
        EmbeddedWarehouse.start(
            directory, new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), true)) {
      Map<String, Integer> numbers = new LinkedHashMap<>();
      for (JsonNode example : JsonMapper.shared().readTree(EXAMPLES.toFile())) {
        String file = example.path("file").asString().replace(".md", "");
        String key = file + "#" + numbers.merge(file, 1, Integer::sum);
        boolean varies = known.varies(key);
        List<String> setup = KnownDifferences.setup(file);
        Optional<String> problem = ExampleRun.run(warehouse.port(), setup, example, varies);
        prepared += !setup.isEmpty() && problem.isEmpty() ? 1 : 0;
        problem.ifPresent(text -> failures.put(key, text));
        shapes += varies && problem.isEmpty() ? 1 : 0;
        count++;
      }
    }
    int passed = count - failures.size();
    System.out.printf(
        "%d of %d documented examples pass (%.1f %%), %d of them by the form of their results,"
            + " %d with what their page takes for granted%n",
        passed, count, 100.0 * passed / count, shapes, prepared);
    List<String> report = new ArrayList<>();
    failures.forEach((key, text) -> report.add(key + ": " + text));
    Files.write(Path.of("target/examples.txt"), report);
    known.assertAre(failures);
  }
}

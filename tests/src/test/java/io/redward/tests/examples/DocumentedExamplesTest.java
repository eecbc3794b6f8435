package io.redward.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.server.EmbeddedWarehouse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeSet;
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
    Map<String, String> known = knownDifferences();
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
        boolean varies = known.getOrDefault(key, "").startsWith("varies");
        List<String> setup = setup(file);
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
    List<String> unexpected = new ArrayList<>();
    failures.forEach(
        (key, text) -> {
          if (!known.containsKey(key)) {
            unexpected.add(key + ": " + text);
          }
        });
    assertThat(unexpected).as("failures that are not listed").isEmpty();
    TreeSet<String> passing = new TreeSet<>(known.keySet());
    passing.removeIf(
        key -> failures.containsKey(key) || known.getOrDefault(key, "").startsWith("varies"));
    assertThat(passing).as("listed although they pass").isEmpty();
  }

  /// The statements that make what the examples of a page take for granted.
  private static List<String> setup(String page) throws IOException, URISyntaxException {
    URL file = DocumentedExamplesTest.class.getResource("/examples/setup/" + page + ".sql");
    return file == null
        ? List.of()
        : List.of(Files.readString(Path.of(file.toURI())).split(";\\s*\n"));
  }

  /// The lines `key: reason`.
  private static Map<String, String> knownDifferences() throws IOException, URISyntaxException {
    Map<String, String> known = new LinkedHashMap<>();
    Path file =
        Path.of(
            Objects.requireNonNull(
                    DocumentedExamplesTest.class.getResource("/examples/known-differences.txt"))
                .toURI());
    for (String line : Files.readAllLines(file)) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int colon = line.indexOf(": ");
        known.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return known;
  }
}

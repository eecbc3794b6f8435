package io.redward.tests.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URISyntaxException;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;

/// The lines `key: reason` of a file of examples that do not print what is documented.
final class KnownDifferences {
  private final Map<String, String> reasons = new LinkedHashMap<>();

  private KnownDifferences() {}

  static KnownDifferences read(String name) throws IOException, URISyntaxException {
    KnownDifferences known = new KnownDifferences();
    URL file = KnownDifferences.class.getResource("/examples/" + name);
    for (String line : Files.readAllLines(Path.of(Objects.requireNonNull(file).toURI()))) {
      if (!line.isBlank() && !line.startsWith("#")) {
        int colon = line.indexOf(": ");
        known.reasons.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return known;
  }

  /// Whether the result depends on time or place, so that its form is what counts.
  boolean varies(String key) {
    return reasons.getOrDefault(key, "").startsWith("varies");
  }

  /// Every failure has a line, and what has a line fails.
  void assertAre(Map<String, String> failures) {
    List<String> unexpected = new ArrayList<>();
    failures.forEach(
        (key, text) -> {
          if (!reasons.containsKey(key)) {
            unexpected.add(key + ": " + text);
          }
        });
    assertThat(unexpected).as("failures that are not listed").isEmpty();
    TreeSet<String> passing = new TreeSet<>(reasons.keySet());
    passing.removeIf(key -> failures.containsKey(key) || varies(key));
    assertThat(passing).as("listed although they pass").isEmpty();
  }

  /// The statements that make what the examples of a page take for granted.
  static List<String> setup(String page) throws IOException, URISyntaxException {
    URL file = KnownDifferences.class.getResource("/examples/setup/" + page + ".sql");
    return file == null
        ? List.of()
        : List.of(Files.readString(Path.of(file.toURI())).split(";\\s*\n"));
  }
}

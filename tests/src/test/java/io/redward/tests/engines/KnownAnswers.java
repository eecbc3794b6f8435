package io.redward.tests.engines;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Pattern;

/// What comes otherwise than in the files for a reason, from `engines/differences.txt`: lines
/// `<start of file:line>: <reason>`, and `/<pattern>/: <reason>` of the message and text of
/// statements.
final class KnownAnswers {
  private final Map<String, String> places = new LinkedHashMap<>();
  private final Map<Predicate<String>, String> patterns = new LinkedHashMap<>();

  static KnownAnswers read() throws IOException, URISyntaxException {
    KnownAnswers known = new KnownAnswers();
    Path file =
        Path.of(
            Objects.requireNonNull(KnownAnswers.class.getResource("/engines/differences.txt"))
                .toURI());
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("/")) {
        int end = line.lastIndexOf("/: ");
        Predicate<String> pattern = Pattern.compile(line.substring(1, end)).asPredicate();
        known.patterns.put(pattern, line.substring(end + 3));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        int colon = line.indexOf(": ");
        known.places.put(line.substring(0, colon), line.substring(colon + 2));
      }
    }
    return known;
  }

  /// Why a statement comes otherwise; that of the statement goes before that of its place.
  Optional<String> reason(String file, int line, String problem) {
    String place = file + ":" + line;
    return patterns.entrySet().stream()
        .filter(entry -> entry.getKey().test(problem))
        .map(Map.Entry::getValue)
        .findFirst()
        .or(
            () ->
                places.entrySet().stream()
                    .filter(entry -> place.startsWith(entry.getKey()))
                    .map(Map.Entry::getValue)
                    .findFirst());
  }
}

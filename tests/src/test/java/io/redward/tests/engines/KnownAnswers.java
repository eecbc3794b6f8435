package io.redward.tests.engines;

import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/// What comes otherwise than in the files for a reason, from `engines/differences.txt`: lines
/// `<start of file:line>: <reason>`, and `/<pattern>/: <reason>` of the message and text of
/// statements.
final class KnownAnswers {
  private final List<String> places = new ArrayList<>();
  private final List<Pattern> patterns = new ArrayList<>();

  static KnownAnswers read() throws IOException, URISyntaxException {
    KnownAnswers known = new KnownAnswers();
    Path file =
        Path.of(
            Objects.requireNonNull(KnownAnswers.class.getResource("/engines/differences.txt"))
                .toURI());
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("/")) {
        known.patterns.add(Pattern.compile(line.substring(1, line.lastIndexOf("/: "))));
      } else if (!line.isBlank() && !line.startsWith("#")) {
        known.places.add(line.substring(0, line.indexOf(": ")));
      }
    }
    return known;
  }

  boolean has(String file, int line, String problem) {
    String place = file + ":" + line;
    return places.stream().anyMatch(place::startsWith)
        || patterns.stream().anyMatch(pattern -> pattern.matcher(problem).find());
  }
}

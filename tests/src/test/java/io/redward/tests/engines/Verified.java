package io.redward.tests.engines;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;

/// Which statements of the files came out right in PostgreSQL 15, and which of these the dialect
/// plausibly has.
final class Verified {
  /// How often a line came out right, and how many of these times count.
  record Count(int right, int counting) {}

  private final Map<String, Map<Integer, Count>> files = new TreeMap<>();

  static Verified read(Path file) throws IOException {
    Verified verified = new Verified();
    try (BufferedReader reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      reader.readLine();
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] cells = line.split("\t");
        int counting = cells[4].equals("ok") && cells[5].equals("1") ? 1 : 0;
        verified
            .files
            .computeIfAbsent(cells[1], _ -> new HashMap<>())
            .merge(
                Integer.parseInt(cells[2]),
                new Count(1, counting),
                (a, b) -> new Count(a.right() + b.right(), a.counting() + b.counting()));
      }
    }
    return verified;
  }

  Iterable<String> files() {
    return files.keySet();
  }

  Map<Integer, Count> lines(String file) {
    return files.getOrDefault(file, Map.of());
  }
}

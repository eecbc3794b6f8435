package io.redward.leader.sql;

import io.redward.leader.sql.lex.ParserOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/// Statements to try the parser on: our own, and those beside the project where they are present.
final class Corpus {
  private Corpus() {}

  /// Our own statements, one a string.
  static List<String> own() {
    List<String> all = new ArrayList<>();
    for (String file : List.of("queries.sql", "statements.sql")) {
      String text = resource(file);
      for (ParsedStatement parsed : SqlParser.parse(text, ParserOptions.DEFAULT)) {
        all.add(parsed.text(text));
      }
    }
    return all;
  }

  static String resource(String file) {
    try (InputStream in = Corpus.class.getResourceAsStream(file)) {
      if (in == null) {
        throw new AssertionError("no resource " + file);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /// The folder of the suites beside the project, from whichever module the tests run in.
  static Optional<Path> suites() {
    Path here = Path.of("").toAbsolutePath();
    for (Path folder = here; folder != null; folder = folder.getParent()) {
      Path suites = folder.resolve("shared/suites");
      if (Files.isDirectory(suites)) {
        return Optional.of(suites);
      }
    }
    return Optional.empty();
  }

  /// The texts of a folder's .sql files, in order of their names.
  static List<String> files(Path folder) {
    try (Stream<Path> paths = Files.list(folder)) {
      List<String> texts = new ArrayList<>();
      for (Path path : paths.filter(p -> p.toString().endsWith(".sql")).sorted().toList()) {
        texts.add(Files.readString(path));
      }
      return texts;
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}

package io.redward.tests.engines;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Reads a sqllogictest file in the forms that DuckDB and DataFusion write.
final class ScriptFile {
  private static final Set<String> SORTS = Set.of("nosort", "rowsort", "valuesort");

  private final List<String> lines;
  private final List<ScriptStep> steps = new ArrayList<>();
  private boolean skipped;

  private ScriptFile(List<String> lines) {
    this.lines = lines;
  }

  static List<ScriptStep> read(Path file) throws IOException {
    ScriptFile script = new ScriptFile(Files.readAllLines(file));
    script.block(0, script.lines.size(), List.of());
    return script.steps;
  }

  /// Reads the lines of a part in which some names stand for values.
  private void block(int from, int to, List<String[]> names) {
    int at = from;
    while (at < to) {
      String head = lines.get(at).strip();
      String[] words = head.split("\\s+");
      switch (words[0]) {
        case "loop", "concurrentloop", "foreach", "concurrentforeach" -> at = loop(at, to, names);
        case "mode" -> {
          skipped = words[1].equals("skip") || !words[1].equals("unskip") && skipped;
          at++;
        }
        case "skipif", "onlyif" -> {
          boolean wanted = words[0].equals("onlyif") == words[1].equals("postgres");
          int end = end(at + 1);
          at = wanted ? at + 1 : end;
        }
        case "restart" -> {
          steps.add(new ScriptStep(at + 1, ScriptStep.Kind.RESTART, "", "", "", List.of(), 0));
          at++;
        }
        case "statement", "query" -> {
          if (!skipped) {
            steps.add(step(at, words, names));
          }
          at = end(at);
        }
        default -> at++;
      }
    }
  }

  private int loop(int at, int to, List<String[]> names) {
    String[] words = lines.get(at).strip().split("\\s+");
    int end = at + 1;
    for (int depth = 1; end < to; end++) {
      String word = lines.get(end).strip().split("\\s+")[0];
      depth += word.endsWith("loop") && !word.equals("endloop") || word.endsWith("foreach") ? 1 : 0;
      depth -= word.equals("endloop") ? 1 : 0;
      if (depth == 0) {
        break;
      }
    }
    List<String> values = new ArrayList<>();
    if (words[0].endsWith("loop")) {
      for (int i = Integer.parseInt(words[2]); i < Integer.parseInt(words[3]); i++) {
        values.add(Integer.toString(i));
      }
    } else {
      values.addAll(List.of(words).subList(2, words.length));
    }
    for (String value : values) {
      List<String[]> all = new ArrayList<>(names);
      all.add(new String[] {"${" + words[1] + "}", value});
      block(at + 1, end, all);
    }
    return end + 1;
  }

  private ScriptStep step(int at, String[] words, List<String[]> names) {
    List<String> sql = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    int end = end(at);
    int next = at + 1;
    while (next < end && !lines.get(next).equals("----")) {
      sql.add(fill(lines.get(next++), names));
    }
    for (next++; next < end; next++) {
      wanted.add(fill(lines.get(next), names));
    }
    String sort = "";
    String connection = "";
    for (int i = 2; i < words.length; i++) {
      sort = SORTS.contains(words[i]) ? words[i] : sort;
      connection = words[i].startsWith("con") ? words[i] : connection;
    }
    String second = words.length > 1 ? words[1].toLowerCase(Locale.ROOT) : "";
    ScriptStep.Kind kind =
        second.equals("error")
            ? ScriptStep.Kind.ERROR
            : second.equals("maybe")
                ? ScriptStep.Kind.MAYBE
                : words[0].equals("query") ? ScriptStep.Kind.QUERY : ScriptStep.Kind.OK;
    return new ScriptStep(
        at + 1, kind, connection, sort, String.join("\n", sql), wanted, second.length());
  }

  /// The line behind the record that starts in a line: the first blank one, or with a result's
  /// mark the first blank one after it.
  private int end(int at) {
    int end = at;
    while (end < lines.size() && !lines.get(end).isBlank()) {
      end++;
    }
    return end;
  }

  private static String fill(String line, List<String[]> names) {
    String filled = line;
    for (String[] name : names) {
      filled = filled.replace(name[0], name[1]);
    }
    return filled;
  }
}

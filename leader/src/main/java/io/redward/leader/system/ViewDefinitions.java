package io.redward.leader.system;

import io.redward.spi.SystemTable.Column;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The descriptions of `views.txt`, read once, when the first is asked for.
public final class ViewDefinitions {
  private static final String FILE = "views.txt";

  private ViewDefinitions() {}

  private static final class Loaded {
    static final Map<String, ViewDefinition> BY_NAME = load();
  }

  /// The view of this name, if it is one of those described.
  public static Optional<ViewDefinition> find(String name) {
    return Optional.ofNullable(Loaded.BY_NAME.get(name));
  }

  /// All of them in the file's order.
  public static Collection<ViewDefinition> all() {
    return Loaded.BY_NAME.values();
  }

  private static Map<String, ViewDefinition> load() {
    try (InputStream in =
            Objects.requireNonNull(ViewDefinitions.class.getResourceAsStream(FILE), FILE);
        BufferedReader reader =
            new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8))) {
      return parse(
          reader.lines().filter(line -> !line.isBlank() && !line.startsWith("#")).toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// A line that is not indented begins a description, indented ones list its columns. Shared
  /// columns and reasons stand before all that needs them.
  private static Map<String, ViewDefinition> parse(List<String> lines) {
    Map<String, ViewDefinition> views = new LinkedHashMap<>();
    Map<String, List<Column>> shared = new HashMap<>();
    Map<String, String> reasons = new HashMap<>();
    for (int i = 0; i < lines.size(); i++) {
      String head = lines.get(i);
      if (head.startsWith("@")) {
        String[] sides = head.split(" = ", 2);
        shared.put(sides[0], columns(sides[1], shared));
        continue;
      }
      if (head.startsWith("? ")) {
        String[] sides = head.substring(2).split(" = ", 2);
        Arrays.stream(sides[1].split(" ")).forEach(name -> reasons.put(name, sides[0]));
        continue;
      }
      String[] words = head.split(" ", 2);
      List<Column> columns = new ArrayList<>();
      while (i + 1 < lines.size() && lines.get(i + 1).startsWith(" ")) {
        columns.addAll(columns(lines.get(++i).strip(), shared));
      }
      boolean superuser = words[0].endsWith("!");
      String name = superuser ? words[0].substring(0, words[0].length() - 1) : words[0];
      String reason = reasons.getOrDefault(name, "");
      views.put(name, new ViewDefinition(views.size(), name, superuser, words[1], columns, reason));
    }
    return views;
  }

  private static List<Column> columns(String text, Map<String, List<Column>> shared) {
    List<Column> columns = new ArrayList<>();
    Arrays.stream(text.split(",\\s+|,$"))
        .forEach(
            item -> {
              if (item.startsWith("@")) {
                columns.addAll(Objects.requireNonNull(shared.get(item), item));
              } else {
                String[] words = item.split(" ");
                columns.add(new Column(words[0], ViewTable.type(words[1])));
              }
            });
    return columns;
  }
}

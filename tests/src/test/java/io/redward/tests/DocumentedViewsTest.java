package io.redward.tests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The catalogue's system views have the columns that the public documentation lists.
class DocumentedViewsTest {
  private static final Map<String, String> TYPES =
      Map.of(
          "int4", "integer",
          "int8", "bigint",
          "bool", "boolean",
          "float8", "double precision",
          "timestamp", "timestamp without time zone",
          "char", "character",
          "varchar", "character varying");

  @TempDir private Path directory;

  /// What the documentation says of a view, and what is added to it here.
  private record Documented(String view, List<String> columns, List<String> additions) {}

  @Test
  void viewsHaveTheirDocumentedColumns() throws IOException, SQLException {
    Map<String, List<String>> actual = new LinkedHashMap<>();
    try (TestWarehouse warehouse = new TestWarehouse(directory.resolve("data"));
        Connection connection = warehouse.connect()) {
      for (String row :
          TestWarehouse.rows(
              connection,
              "select c.relname, a.attname || ' ' || format_type(a.atttypid, a.atttypmod)"
                  + " from pg_attribute a join pg_class c on c.oid = a.attrelid"
                  + " join pg_namespace n on n.oid = c.relnamespace"
                  + " where n.nspname = 'pg_catalog' and a.attnum > 0"
                  + " order by c.relname, a.attnum")) {
        String[] cells = row.split("\\|", 2);
        actual.computeIfAbsent(cells[0], _ -> new ArrayList<>()).add(cells[1]);
      }
    }
    List<String> differences = new ArrayList<>();
    for (Documented view : documented()) {
      compare(view, actual.getOrDefault(view.view(), List.of()), differences);
    }
    assertThat(differences).isEmpty();
  }

  private static void compare(Documented view, List<String> actual, List<String> differences) {
    int known = view.columns().size();
    for (int i = 0; i < known; i++) {
      String documented = view.columns().get(i);
      String here = i < actual.size() ? actual.get(i) : "nothing";
      boolean anyLength = documented.endsWith(" character") && here.startsWith(documented + "(");
      if (!here.equals(documented) && !anyLength) {
        differences.add(view.view() + ": " + documented + ", but here " + here);
      }
    }
    if (actual.size() >= known) {
      List<String> more =
          actual.subList(known, actual.size()).stream()
              .map(column -> column.substring(0, column.indexOf(' ')))
              .toList();
      if (!more.equals(view.additions())) {
        differences.add(view.view() + ": additions " + more);
      }
    }
  }

  private static List<Documented> documented() throws IOException {
    List<Documented> views = new ArrayList<>();
    try (InputStream in =
        DocumentedViewsTest.class.getResourceAsStream("/views/documented-columns.txt")) {
      String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
      for (String line : text.lines().filter(l -> !l.isBlank() && !l.startsWith("#")).toList()) {
        if (!line.startsWith(" ")) {
          String name = line.substring(0, line.indexOf(' '));
          views.add(new Documented(name, new ArrayList<>(), new ArrayList<>()));
        } else if (line.strip().startsWith("+")) {
          views.getLast().additions().addAll(Arrays.asList(line.strip().substring(2).split(", ")));
        } else {
          for (String column : line.strip().split(",\\s+|,$")) {
            views.getLast().columns().add(named(column));
          }
        }
      }
    }
    return views;
  }

  /// The column with its type as the catalogue names it.
  private static String named(String column) {
    int space = column.indexOf(' ');
    String type = column.substring(space + 1);
    int bracket = type.indexOf('(');
    String name = bracket < 0 ? type : type.substring(0, bracket);
    String length = bracket < 0 ? "" : type.substring(bracket);
    return column.substring(0, space + 1) + TYPES.getOrDefault(name, name) + length;
  }
}

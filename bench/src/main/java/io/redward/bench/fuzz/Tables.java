package io.redward.bench.fuzz;

import io.redward.bench.fuzz.Part.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/// Small random tables.
final class Tables {
  private static final int MAX_ROWS = 40;

  private final List<Table> tables = new ArrayList<>();

  /// A column.
  record Column(String name, String type, Kind kind) {}

  /// A table and the rows put into it, as lists of literals.
  record Table(String name, List<Column> columns, String layout, List<String> rows) {
    String create(boolean portable) {
      List<String> declared = columns.stream().map(c -> c.name() + " " + c.type()).toList();
      return "create table "
          + name
          + " ("
          + String.join(", ", declared)
          + ")"
          + (portable ? "" : layout);
    }

    List<String> inserts() {
      return rows.isEmpty()
          ? List.of()
          : List.of("insert into " + name + " values " + String.join(", ", rows));
    }

    Table withRows(List<String> others) {
      return new Table(name, columns, layout, List.copyOf(others));
    }
  }

  private Tables() {}

  /// @param portable whether other engines shall understand them
  static List<Table> make(Random random, boolean portable) {
    Tables made = new Tables();
    int count = 2 + random.nextInt(3);
    for (int i = 0; i < count; i++) {
      made.tables.add(made.table("t" + i, random, portable));
    }
    return made.tables;
  }

  private Table table(String name, Random random, boolean portable) {
    List<Column> columns = new ArrayList<>();
    int count = 2 + random.nextInt(5);
    for (int i = 0; i < count; i++) {
      columns.add(column("c" + i, random, portable));
    }
    List<String> rows = new ArrayList<>();
    int size = random.nextInt(10) == 0 ? 0 : 1 + random.nextInt(MAX_ROWS);
    for (int i = 0; i < size; i++) {
      List<String> cells = new ArrayList<>();
      columns.forEach(c -> cells.add(literal(c.kind(), random)));
      rows.add("(" + String.join(", ", cells) + ")");
    }
    String layout =
        switch (random.nextInt(5)) {
          case 0 -> " diststyle all";
          case 1 -> " distkey (c0)";
          case 2 -> " sortkey (c0)";
          case 3 -> " distkey (c0) sortkey (c1, c0)";
          default -> "";
        };
    return new Table(name, columns, layout, rows);
  }

  private static Column column(String name, Random random, boolean portable) {
    return switch (random.nextInt(portable ? 7 : 10)) {
      case 0, 1 -> new Column(name, "integer", Kind.INTEGER);
      case 2 -> new Column(name, "bigint", Kind.INTEGER);
      case 3 -> new Column(name, "varchar(20)", Kind.STRING);
      case 4 -> new Column(name, "date", Kind.DATE);
      case 5 -> new Column(name, "boolean", Kind.BOOLEAN);
      case 6 -> new Column(name, "decimal(10,2)", Kind.DECIMAL);
      case 7 -> new Column(name, "double precision", Kind.DOUBLE);
      case 8 -> new Column(name, "timestamp", Kind.TIMESTAMP);
      default ->
          random.nextBoolean()
              ? new Column(name, "char(6)", Kind.STRING)
              : new Column(name, "smallint", Kind.INTEGER);
    };
  }

  /// A literal of few, so that rows meet; NULL now and then.
  static String literal(Kind kind, Random random) {
    if (random.nextInt(7) == 0) {
      return "null";
    }
    return constant(kind, random);
  }

  static String constant(Kind kind, Random random) {
    return switch (kind) {
      case INTEGER -> pick(random, "0", "1", "2", "3", "-1", "7", "100", "-32768", "32767");
      case DECIMAL -> pick(random, "0.00", "1.50", "-1.50", "2.25", "100.10", "99999.99");
      case DOUBLE -> pick(random, "0.0", "0.5", "-0.5", "1e10", "-2.25", "3.0");
      case STRING -> "'" + pick(random, "", "a", "b", "ab", "A", "aa", "a b", "0", "12", "%") + "'";
      case DATE ->
          "date '" + pick(random, "2020-01-01", "2020-02-29", "1999-12-31", "2024-06-15") + "'";
      case TIMESTAMP ->
          "timestamp '"
              + pick(random, "2020-01-01 00:00:00", "2020-01-01 12:30:00", "1999-12-31 23:59:59")
              + "'";
      case BOOLEAN -> pick(random, "true", "false");
      case OTHER -> "null";
    };
  }

  private static String pick(Random random, String... values) {
    return values[random.nextInt(values.length)];
  }
}

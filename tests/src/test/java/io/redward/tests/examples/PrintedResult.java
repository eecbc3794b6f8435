package io.redward.tests.examples;

import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// The rows of a result as psql and other clients print them.
record PrintedResult(List<List<String>> rows) {
  private static final Pattern COUNT = Pattern.compile("\\(\\s*\\d+\\s*rows?\\)+");
  private static final Pattern RULE = Pattern.compile("[-+ ]*--[-+ ]*");
  private static final Pattern NUMBER = Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)(e[-+]?\\d+)?");
  private static final Pattern UUID = Pattern.compile("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}");
  /// What EXPLAIN guesses depends on statistics.
  private static final String ESTIMATE = "\\s+\\(cost=\\S+ rows=\\d+ width=\\d+\\)";

  private static final int DIGITS = 12;

  /// @param lines with the heading and the rule under it
  static PrintedResult of(List<String> lines) {
    int rule = 0;
    while (rule < lines.size() && !RULE.matcher(lines.get(rule).strip()).matches()) {
      rule++;
    }
    List<List<String>> rows = new ArrayList<>();
    if (rule == lines.size()) {
      return new PrintedResult(rows);
    }
    int columns = lines.get(rule).strip().split("\\+").length;
    for (String line : lines.subList(rule + 1, lines.size())) {
      if (COUNT.matcher(line.strip()).matches()) {
        int count = Integer.parseInt(line.replaceAll("\\D", ""));
        while (rows.size() > count && rows.getLast().stream().allMatch(String::isEmpty)) {
          rows.removeLast();
        }
        return new PrintedResult(rows);
      }
      rows.add(cells(line, columns));
    }
    while (!rows.isEmpty() && rows.getLast().stream().allMatch(String::isEmpty)) {
      rows.removeLast();
    }
    // Without a count of rows, an empty line is a NULL, be it cut off or not.
    if (rows.isEmpty()) {
      rows.add(cells("", columns));
    }
    return new PrintedResult(rows);
  }

  private static List<String> cells(String line, int columns) {
    List<String> cells = new ArrayList<>();
    if (columns == 1) {
      cells.add(line.strip());
    } else {
      for (String cell : line.split("\\|", -1)) {
        cells.add(cell.strip());
      }
    }
    return cells;
  }

  /// @param ordered whether the rows come in an order
  boolean isSame(List<List<String>> actual, boolean ordered) {
    if (isShortened() && actual.size() >= rows.size()) {
      PrintedResult shown = new PrintedResult(rows.subList(0, rows.size() - 1));
      return !ordered || shown.isSame(actual.subList(0, shown.rows.size()), true);
    }
    if (actual.size() != rows.size()) {
      return false;
    }
    List<List<String>> left = new ArrayList<>(actual);
    for (int i = 0; i < rows.size(); i++) {
      int found = -1;
      for (int j = 0; j < left.size() && found < 0; j++) {
        if ((!ordered || j == 0) && isSameRow(rows.get(i), left.get(j))) {
          found = j;
        }
      }
      if (found < 0) {
        return false;
      }
      left.remove(found);
    }
    return true;
  }

  /// True if dots stand for the rest of the rows.
  private boolean isShortened() {
    return !rows.isEmpty()
        && rows.getLast().stream().allMatch(cell -> cell.isEmpty() || cell.matches("\\.{2,}"))
        && !rows.getLast().getFirst().isEmpty();
  }

  /// True if the values have the form of those printed: what is printed depends on time or place.
  boolean hasSameShape(List<List<String>> actual) {
    return !rows.isEmpty()
        && actual.size() == rows.size()
        && shape(actual.getFirst()).equals(shape(rows.getFirst()));
  }

  /// True if there is a row of the form of each of those printed, which are some of many.
  boolean hasSomeOf(List<List<String>> actual) {
    List<List<String>> forms = actual.stream().map(PrintedResult::shape).toList();
    return !rows.isEmpty() && rows.stream().allMatch(row -> forms.contains(shape(row)));
  }

  private static List<String> shape(List<String> row) {
    return row.stream()
        .map(cell -> UUID.matcher(cell.strip()).matches() ? "uuid" : cell)
        .map(cell -> cell.replaceAll("[0-9]+", "0").replaceAll("[A-Za-z_]+", "a").strip())
        .toList();
  }

  private static boolean isSameRow(List<String> printed, List<String> actual) {
    if (printed.size() != actual.size()) {
      return false;
    }
    for (int i = 0; i < printed.size(); i++) {
      if (!isSameCell(printed.get(i), actual.get(i).strip())) {
        return false;
      }
    }
    return true;
  }

  private static boolean isSameCell(String printed, String actual) {
    if (plain(printed).equals(plain(actual))) {
      return true;
    }
    String one = printed.toLowerCase(Locale.ROOT);
    String other = actual.toLowerCase(Locale.ROOT);
    return NUMBER.matcher(one).matches()
        && NUMBER.matcher(other).matches()
        && isSameNumber(new BigDecimal(one), new BigDecimal(other));
  }

  /// Equal in the digits that both show, up to the last of them.
  private static boolean isSameNumber(BigDecimal a, BigDecimal b) {
    if (a.compareTo(b) == 0) {
      return true;
    }
    boolean floating = Math.max(a.precision(), b.precision()) > DIGITS;
    MathContext digits = new MathContext(DIGITS);
    return floating && a.round(digits).compareTo(b.round(digits)) == 0;
  }

  private static String plain(String cell) {
    String bare = cell.replaceAll("^'(.*)'$", "$1").replaceAll(ESTIMATE, "").strip();
    bare = bare.replaceFirst("^->\\s+", "-> ");
    return switch (bare.toLowerCase(Locale.ROOT)) {
      case "null", "(null)" -> "";
      case "t", "true" -> "true";
      case "f", "false" -> "false";
      default -> bare;
    };
  }
}

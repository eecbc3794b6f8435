package io.redward.tests.engines;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Compares the rows of a query with those of the file: numbers within a millionth, truth values by
/// any of their names, and rows, or single values a line.
final class StepResult {
  private static final Pattern HASH = Pattern.compile("(\\d+) values hashing to ([0-9a-f]{32})");
  private static final Pattern NUMBER =
      Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private StepResult() {}

  static boolean isSame(ScriptStep step, List<List<String>> rows) {
    List<String> values = new ArrayList<>();
    rows.forEach(values::addAll);
    if (step.wanted().size() == 1) {
      Matcher hash = HASH.matcher(step.wanted().getFirst());
      if (hash.matches()) {
        return values.size() == Integer.parseInt(hash.group(1))
            && hashed(step, rows).equals(hash.group(2));
      }
    }
    int columns = rows.isEmpty() ? step.columns() : rows.getFirst().size();
    List<List<String>> wanted = new ArrayList<>();
    if (columns > 1 && step.wanted().size() == values.size() && !isTabbed(step, columns)) {
      for (int at = 0; at < values.size(); at += columns) {
        wanted.add(step.wanted().subList(at, at + columns));
      }
    } else {
      for (String line : step.wanted()) {
        wanted.add(columns == 1 ? List.of(line) : cells(line, columns));
      }
    }
    boolean sorted = !step.sort().isEmpty() && !step.sort().equals("nosort");
    return areSame(wanted, rows)
        || sorted && areSame(sorted(step.sort(), wanted), sorted(step.sort(), rows));
  }

  private static boolean isTabbed(ScriptStep step, int columns) {
    return step.wanted().stream().allMatch(line -> line.split("\t", -1).length == columns);
  }

  /// Cells are set apart by a tab, in DataFusion's files by a blank.
  private static List<String> cells(String line, int columns) {
    String[] tabbed = line.split("\t", -1);
    return Arrays.asList(tabbed.length == columns ? tabbed : line.strip().split(" +", -1));
  }

  private static List<List<String>> sorted(String sort, List<List<String>> rows) {
    List<List<String>> all = new ArrayList<>();
    for (List<String> row : rows) {
      List<String> plain = row.stream().map(StepResult::plain).toList();
      if (sort.equals("valuesort")) {
        plain.forEach(value -> all.add(List.of(value)));
      } else {
        all.add(plain);
      }
    }
    Collections.sort(all, (a, b) -> String.join("\t", a).compareTo(String.join("\t", b)));
    return all;
  }

  private static boolean areSame(List<List<String>> wanted, List<List<String>> rows) {
    if (wanted.size() != rows.size()) {
      return false;
    }
    for (int row = 0; row < rows.size(); row++) {
      List<String> a = wanted.get(row);
      List<String> b = rows.get(row);
      if (a.size() != b.size() && !String.join(" ", b).equals(String.join(" ", a))) {
        return false;
      }
      for (int column = 0; column < Math.min(a.size(), b.size()); column++) {
        if (a.size() == b.size() && !isSame(a.get(column), b.get(column))) {
          return false;
        }
      }
    }
    return true;
  }

  private static boolean isSame(String wanted, String got) {
    String a = plain(wanted);
    String b = plain(got);
    if (a.equals(b) || b.equals("true") && a.equals("1") || b.equals("false") && a.equals("0")) {
      return true;
    }
    if (wanted.startsWith("<REGEX>:")) {
      return Pattern.compile(wanted.substring(8), Pattern.DOTALL).matcher(got).matches();
    }
    if (wanted.startsWith("<!REGEX>:")) {
      return !Pattern.compile(wanted.substring(9), Pattern.DOTALL).matcher(got).matches();
    }
    if (NUMBER.matcher(a).matches() && NUMBER.matcher(b).matches()) {
      double x = Double.parseDouble(a);
      double y = Double.parseDouble(b);
      return Math.abs(x - y) <= 1e-6 * Math.max(1, Math.max(Math.abs(x), Math.abs(y)));
    }
    return false;
  }

  private static String plain(String value) {
    String text = value.strip();
    return switch (text) {
      case "t", "True", "TRUE" -> "true";
      case "f", "False", "FALSE" -> "false";
      case "(empty)" -> "";
      case "nan" -> "NaN";
      case "inf", "Infinity" -> "Infinity";
      case "-inf" -> "-Infinity";
      default ->
          text.matches("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d.*")
              ? text.replace('T', ' ').replace("Z", "")
              : text;
    };
  }

  private static String hashed(ScriptStep step, List<List<String>> rows) {
    List<String> values = new ArrayList<>();
    if (step.sort().equals("rowsort")) {
      sorted("rowsort", rows).forEach(values::addAll);
    } else {
      rows.forEach(values::addAll);
    }
    if (step.sort().equals("valuesort")) {
      Collections.sort(values);
    }
    try {
      MessageDigest md5 = MessageDigest.getInstance("MD5");
      values.forEach(value -> md5.update((value + "\n").getBytes(StandardCharsets.UTF_8)));
      return HexFormat.of().formatHex(md5.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}

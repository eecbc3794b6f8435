package io.redward.tests.examples;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/// Statements as a user typed them, each with what was printed after it.
record Transcript(List<Step> steps) {
  private static final Pattern STATEMENT =
      Pattern.compile(
          "(?i)^(select|with|show|set|reset|create|drop|alter|insert|update|delete|merge\\s+into|grant"
              + "|revoke|begin|commit|end|rollback|call|declare|fetch|close|prepare|execute"
              + "|explain|truncate|analyze|copy|unload|comment|refresh|use|--.*|/\\*.*)\\b.*");

  private static final Pattern DOLLARS = Pattern.compile("\\$\\$");

  /// @param error what follows `ERROR:`, empty where none was printed
  /// @param printed the lines of the result, empty where none was printed
  record Step(String sql, String error, List<String> printed) {}

  static Transcript of(String text) {
    // A plan's estimates are never printed over two lines.
    String whole = text.replaceAll("(rows=\\d+)\\n(width=\\d+\\))", "$1 $2");
    List<Step> steps = new ArrayList<>();
    StringBuilder sql = new StringBuilder();
    List<String> printed = new ArrayList<>();
    boolean typing = true;
    for (String line : whole.split("\n", -1)) {
      if (!typing && begins(line, printed)) {
        add(steps, sql, printed);
        typing = true;
      }
      if (typing && line.strip().toUpperCase(java.util.Locale.ROOT).startsWith("ERROR:")) {
        typing = false;
      }
      if (typing) {
        sql.append(line).append('\n');
        typing = !line.strip().endsWith(";") || isInsideBody(sql);
      } else {
        printed.add(line.stripTrailing());
      }
    }
    add(steps, sql, printed);
    return new Transcript(List.copyOf(steps));
  }

  /// Whether a `$$` is open.
  private static boolean isInsideBody(CharSequence sql) {
    return DOLLARS.matcher(sql).results().count() % 2 == 1;
  }

  /// The first line of a result is a heading, whatever it looks like.
  private static boolean begins(String line, List<String> printed) {
    boolean heading = printed.stream().noneMatch(l -> l.contains("---"));
    boolean statement = STATEMENT.matcher(line.strip()).matches();
    return statement
        && (!heading || printed.stream().allMatch(String::isBlank) && line.contains(" "));
  }

  private static void add(List<Step> steps, StringBuilder sql, List<String> printed) {
    if (!sql.toString().isBlank()) {
      String error = "";
      List<String> lines = new ArrayList<>();
      for (String line : printed) {
        if (line.strip().toUpperCase(java.util.Locale.ROOT).startsWith("ERROR:")) {
          error =
              line.strip()
                  .substring("ERROR:".length())
                  .replaceAll(";$|\\[SQL State=.*\\]$", "")
                  .strip();
        } else if (!line.isBlank() || !lines.isEmpty()) {
          lines.add(line);
        }
      }
      steps.add(new Step(sql.toString().strip(), error, error.isEmpty() ? lines : List.of()));
    }
    sql.setLength(0);
    printed.clear();
  }
}

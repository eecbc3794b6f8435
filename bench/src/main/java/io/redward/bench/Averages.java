package io.redward.bench;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Makes averages comparable: here AVG of an integer is a BIGINT and that of a DECIMAL keeps its
/// scale, elsewhere both are doubles. With the argument cast to a double all engines mean the same.
final class Averages {
  private static final Pattern CALL = Pattern.compile("\\bavg\\s*\\(", Pattern.CASE_INSENSITIVE);

  private Averages() {}

  static String ofDoubles(String query) {
    StringBuilder text = new StringBuilder();
    Matcher call = CALL.matcher(query);
    int copied = 0;
    while (call.find(copied)) {
      int end = closing(query, call.end());
      text.append(query, copied, call.end())
          .append("cast(")
          .append(ofDoubles(query.substring(call.end(), end)))
          .append(" as double precision)");
      copied = end;
    }
    return text.append(query, copied, query.length()).toString();
  }

  /// Where the parenthesis that is open at `from` closes.
  private static int closing(String text, int from) {
    int depth = 1;
    int at = from;
    while (depth > 0) {
      char c = text.charAt(at++);
      depth += c == '(' ? 1 : c == ')' ? -1 : 0;
    }
    return at - 1;
  }
}

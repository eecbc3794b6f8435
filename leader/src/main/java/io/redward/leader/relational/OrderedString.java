package io.redward.leader.relational;

import java.nio.charset.StandardCharsets;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.util.NlsString;

/// A string constant that orders as our strings do: trailing blanks do not count, and the order is
/// that of the UTF-8 bytes (that of the code points, not that of Java's `char`s). Ranges of the
/// library's search arguments are made by this order. Equality is exact, since a constant may also
/// be printed or measured.
final class OrderedString extends NlsString {
  OrderedString(String value) {
    super(value, StandardCharsets.UTF_8.name(), SqlCollation.IMPLICIT);
  }

  @Override
  public int compareTo(NlsString other) {
    String a = withoutTrailingBlanks(getValue());
    String b = withoutTrailingBlanks(other.getValue());
    int length = Math.min(a.length(), b.length());
    for (int i = 0; i < length; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        if (Character.isSurrogate(x) != Character.isSurrogate(y)) {
          return Character.isSurrogate(x) ? 1 : -1;
        }
        return Character.compare(x, y);
      }
    }
    return a.length() - b.length();
  }

  private static String withoutTrailingBlanks(String value) {
    int end = value.length();
    while (end > 0 && value.charAt(end - 1) == ' ') {
      end--;
    }
    return value.substring(0, end);
  }
}

package io.redward.runtime.string;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.text.Brackets;

/// SIMILAR TO's pattern language in terms of regular expressions: `%` any string, `_` any
/// character, `| * + ? {} () []` as in POSIX, everything else stands for itself.
final class SimilarPattern {
  private SimilarPattern() {}

  static String toRegex(String pattern, char escape) {
    StringBuilder regex = new StringBuilder();
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      if (escape != 0 && character == escape) {
        if (++i == pattern.length()) {
          throw new SqlException(SqlState.INVALID_ESCAPE_SEQUENCE, "invalid escape string");
        }
        literal(regex, pattern.charAt(i));
      } else if (character == '[') {
        i = Brackets.translate(pattern, i, escape, true, regex);
      } else {
        outside(regex, character);
      }
    }
    return regex.toString();
  }

  private static void outside(StringBuilder regex, char character) {
    switch (character) {
      case '%' -> regex.append(".*");
      case '_' -> regex.append('.');
      case '|', '*', '+', '?', '{', '}', '(', ')' -> regex.append(character);
      default -> literal(regex, character);
    }
  }

  private static void literal(StringBuilder regex, char character) {
    if ("\\.^$|*+?{}()[]".indexOf(character) >= 0) {
      regex.append('\\');
    }
    regex.append(character);
  }
}

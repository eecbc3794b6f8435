package io.redward.foundation.text;

import java.util.regex.PatternSyntaxException;

/// Bracket expressions of POSIX patterns in terms of Java's: `[[:digit:]x]`, `[]a]`, `[^a-z]`.
/// Inside them Java gives `[` and `&&` a meaning that POSIX does not.
public final class Brackets {
  private Brackets() {}

  /// A whole POSIX pattern; outside of brackets the languages agree.
  ///
  /// @throws PatternSyntaxException as [#translate]
  public static String toRegex(String pattern) {
    StringBuilder regex = new StringBuilder(pattern.length() + 16);
    for (int i = 0; i < pattern.length(); i++) {
      char character = pattern.charAt(i);
      if (character == '\\' && i + 1 < pattern.length()) {
        regex.append(character).append(pattern.charAt(++i));
      } else if (character == '[') {
        i = translate(pattern, i, '\\', false, regex);
      } else {
        regex.append(character);
      }
    }
    return regex.toString();
  }

  /// Appends the bracket expression that begins at an index, and answers the index of its end.
  ///
  /// @param escape what makes the next character one that stands for itself, 0 for none
  /// @param literal whether an escaped letter is that letter; else it keeps its meaning (`\d`)
  /// @throws PatternSyntaxException if it does not end, or names a class that there is not
  public static int translate(
      String pattern, int begin, char escape, boolean literal, StringBuilder regex) {
    int i = begin + 1;
    regex.append('[');
    if (i < pattern.length() && pattern.charAt(i) == '^') {
      regex.append('^');
      i++;
    }
    if (i < pattern.length() && pattern.charAt(i) == ']') {
      regex.append("\\]");
      i++;
    }
    for (; i < pattern.length() && pattern.charAt(i) != ']'; i++) {
      char character = pattern.charAt(i);
      int end = pattern.startsWith("[:", i) ? pattern.indexOf(":]", i + 2) : -1;
      if (end > 0) {
        regex.append(named(pattern, i + 2, end));
        i = end + 1;
      } else if (escape != 0 && character == escape && i + 1 < pattern.length()) {
        char next = pattern.charAt(++i);
        regex.append(literal && Character.isLetterOrDigit(next) ? "" : "\\").append(next);
      } else {
        regex.append("[&\\".indexOf(character) >= 0 ? "\\" : "").append(character);
      }
    }
    if (i == pattern.length()) {
      throw new PatternSyntaxException("brackets [] not balanced", pattern, begin);
    }
    regex.append(']');
    return i;
  }

  private static String named(String pattern, int from, int to) {
    return switch (pattern.substring(from, to)) {
      case "alpha" -> "\\p{IsAlphabetic}";
      case "digit" -> "0-9";
      case "alnum" -> "\\p{IsAlphabetic}0-9";
      case "upper" -> "\\p{IsUppercase}";
      case "lower" -> "\\p{IsLowercase}";
      case "space" -> "\\s";
      case "blank" -> " \\t";
      case "punct" -> "\\p{Punct}";
      case "cntrl" -> "\\p{Cntrl}";
      case "graph" -> "\\p{Graph}";
      case "print" -> "\\p{Print}";
      case "xdigit" -> "0-9A-Fa-f";
      case "word" -> "\\w";
      default -> throw new PatternSyntaxException("invalid character class", pattern, from);
    };
  }
}

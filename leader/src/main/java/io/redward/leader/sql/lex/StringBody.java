package io.redward.leader.sql.lex;

/// Reads what stands between a string's quotes, resolving doubled quotes and, if asked, backslash
/// escapes: those of C for control characters, up to three octal digits, two hexadecimal ones
/// behind `x`, four or eight behind `u` and `U`; any other character behind a backslash stands for
/// itself.
final class StringBody {
  private final String text;
  private final boolean escapes;
  private final StringBuilder value;
  private int at;

  /// @param start index behind the opening quote
  /// @param value takes the characters
  StringBody(String text, int start, boolean escapes, StringBuilder value) {
    this.text = text;
    this.at = start;
    this.escapes = escapes;
    this.value = value;
  }

  /// Index behind the closing quote, after [#read].
  int end() {
    return at;
  }

  /// False if the text ends before the string does.
  boolean read() {
    while (at < text.length()) {
      char c = text.charAt(at++);
      if (c == '\'') {
        if (at >= text.length() || text.charAt(at) != '\'') {
          return true;
        }
        value.append('\'');
        at++;
      } else if (c == '\\' && escapes) {
        if (at >= text.length()) {
          return false;
        }
        readEscape(text.charAt(at++));
      } else {
        value.append(c);
      }
    }
    return false;
  }

  private void readEscape(char c) {
    switch (c) {
      case 'b' -> value.append('\b');
      case 'f' -> value.append('\f');
      case 'n' -> value.append('\n');
      case 'r' -> value.append('\r');
      case 't' -> value.append('\t');
      case 'x' -> readCode('x', 16, 1, 2);
      case 'u' -> readCode('u', 16, 4, 4);
      case 'U' -> readCode('U', 16, 8, 8);
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        readCode(c, 8, 1, 3);
      }
      default -> value.append(c);
    }
  }

  /// A number of `least` to `most` digits as a character; without enough digits the letter itself.
  private void readCode(char letter, int radix, int least, int most) {
    int i = at;
    int code = 0;
    while (i < text.length() && i - at < most && Character.digit(text.charAt(i), radix) >= 0) {
      code = code * radix + Character.digit(text.charAt(i), radix);
      i++;
    }
    if (i - at < least || !Character.isValidCodePoint(code)) {
      value.append(letter);
      return;
    }
    at = i;
    value.appendCodePoint(code);
  }
}

package io.redward.cli;

import java.util.ArrayList;
import java.util.List;

/// Cuts typed text into statements at semicolons that stand outside of quotes, comments and dollar
/// quotes. The server parses them; here only their ends matter.
final class StatementText {
  private StatementText() {}

  /// Statements and what is left after the last semicolon.
  record Split(List<String> statements, String rest) {
    /// True if the text ends outside of any statement.
    boolean complete() {
      return rest.isBlank();
    }
  }

  static Split split(String text) {
    List<String> statements = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == ';') {
        statements.add(text.substring(start, at).strip());
        at++;
        start = at;
      } else {
        at = skip(text, at);
      }
    }
    return new Split(statements.stream().filter(s -> !s.isEmpty()).toList(), text.substring(start));
  }

  /// The index after the token at `at`: a quoted stretch, a comment, or one character.
  private static int skip(String text, int at) {
    char c = text.charAt(at);
    if (c == '\'' || c == '"') {
      int end = text.indexOf(c, at + 1);
      return end < 0 ? text.length() : end + 1;
    }
    if (text.startsWith("--", at)) {
      int end = text.indexOf('\n', at);
      return end < 0 ? text.length() : end + 1;
    }
    if (text.startsWith("/*", at)) {
      int end = text.indexOf("*/", at + 2);
      return end < 0 ? text.length() : end + 2;
    }
    if (c == '$') {
      int tagEnd = at + 1;
      while (tagEnd < text.length()
          && (Character.isLetterOrDigit(text.charAt(tagEnd)) || text.charAt(tagEnd) == '_')) {
        tagEnd++;
      }
      if (tagEnd < text.length()
          && text.charAt(tagEnd) == '$'
          && !Character.isDigit(text.charAt(at + 1))) {
        String tag = text.substring(at, tagEnd + 1);
        int end = text.indexOf(tag, tagEnd + 1);
        return end < 0 ? text.length() : end + tag.length();
      }
    }
    return at + 1;
  }
}

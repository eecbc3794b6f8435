package io.redward.cli;

import java.util.ArrayList;
import java.util.List;

/// Cuts typed text into statements at semicolons, and into backslash commands, which end with their
/// line, wherever these stand outside of quotes, comments and dollar quotes. The server parses
/// statements; here only their ends matter.
final class StatementText {
  private StatementText() {}

  /// Whole inputs, and the statement after them that does not end yet.
  record Split(List<Input> inputs, String rest) {
    /// True if the text ends outside of any statement.
    boolean complete() {
      return rest.isBlank();
    }

    /// The inputs of a text whose last statement needs no semicolon.
    List<Input> all() {
      List<Input> all = new ArrayList<>(inputs);
      if (!rest.isBlank()) {
        all.add(new Input(rest.strip(), ""));
      }
      return all;
    }
  }

  static Split split(String text) {
    List<Input> inputs = new ArrayList<>();
    int start = 0;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      int end = at;
      if (c == ';') {
        end = at + 1;
        add(inputs, text.substring(start, at), "");
      } else if (c == '\\') {
        int line = text.indexOf('\n', at);
        end = line < 0 ? text.length() : line;
        add(inputs, text.substring(start, at), text.substring(at, end));
      } else {
        at = skip(text, at);
        continue;
      }
      at = end;
      start = end;
    }
    return new Split(inputs, text.substring(start));
  }

  private static void add(List<Input> inputs, String statement, String command) {
    Input input = new Input(statement.strip(), command.strip());
    if (!input.statement().isEmpty() || !input.command().isEmpty()) {
      inputs.add(input);
    }
  }

  /// The index after the token at `at`: a quoted stretch, a comment, or one character.
  static int skip(String text, int at) {
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

package io.redward.cli;

import org.jline.reader.Highlighter;
import org.jline.reader.LineReader;
import org.jline.utils.AttributedString;
import org.jline.utils.AttributedStringBuilder;
import org.jline.utils.AttributedStyle;

/// Colours what is typed: key words, texts, numbers, comments and backslash commands.
final class SqlHighlighter implements Highlighter {
  private static final AttributedStyle KEY_WORD =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.BLUE).bold();
  private static final AttributedStyle TEXT =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.GREEN);
  private static final AttributedStyle NUMBER =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.CYAN);
  private static final AttributedStyle COMMENT =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.BRIGHT | AttributedStyle.BLACK);
  private static final AttributedStyle COMMAND =
      AttributedStyle.DEFAULT.foreground(AttributedStyle.MAGENTA);

  @Override
  public AttributedString highlight(LineReader reader, String line) {
    return highlight(line);
  }

  static AttributedString highlight(String line) {
    AttributedStringBuilder out = new AttributedStringBuilder();
    int at = 0;
    while (at < line.length()) {
      int end = end(line, at);
      String token = line.substring(at, end);
      out.styled(style(token), token);
      at = end;
    }
    return out.toAttributedString();
  }

  /// The index after the word, number, command or other token at `at`.
  private static int end(String line, int at) {
    char c = line.charAt(at);
    if (c == '\\') {
      int end = at + 1;
      while (end < line.length() && !Character.isWhitespace(line.charAt(end))) {
        end++;
      }
      return end;
    }
    if (!isWord(c)) {
      return StatementText.skip(line, at);
    }
    int end = at;
    while (end < line.length()
        && (isWord(line.charAt(end)) || Character.isDigit(c) && line.charAt(end) == '.')) {
      end++;
    }
    return end;
  }

  private static boolean isWord(char c) {
    return Character.isLetterOrDigit(c) || c == '_';
  }

  private static AttributedStyle style(String token) {
    char c = token.charAt(0);
    if (c == '\'' || c == '$' && token.length() > 1) {
      return TEXT;
    }
    if (token.startsWith("--") || token.startsWith("/*")) {
      return COMMENT;
    }
    if (c == '\\') {
      return COMMAND;
    }
    if (Character.isDigit(c)) {
      return NUMBER;
    }
    return KeyWords.contains(token) ? KEY_WORD : AttributedStyle.DEFAULT;
  }
}

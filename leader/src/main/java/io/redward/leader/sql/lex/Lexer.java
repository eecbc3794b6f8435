package io.redward.leader.sql.lex;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Cuts a text into tokens by PostgreSQL's lexical rules, with Redshift's names of temporary
/// tables that begin with `#`. Used once, by one thread.
///
/// Invariant: `codePointSurplus` is the number of surrogate pairs before `at`, so that an index
/// turns into a position in characters without a second pass.
public final class Lexer {
  /// The longest text taken, in bytes of UTF-8.
  public static final int MAX_STATEMENT_BYTES = 16 * 1024 * 1024;

  private static final int MAX_NAME_BYTES = 127;
  private static final String OPERATOR_CHARACTERS = "+-*/<>=~!@#%^&|`?";

  /// An operator of several characters may end in + or - only if it holds one of these; so
  /// `a=-1` is two operators.
  private static final String OPERATOR_MARKS = "~!@#%^&|`?";

  /// Words behind which `#name` names a table although they are no reserved words.
  private static final Set<String> BEFORE_TABLE =
      Set.of("exists", "update", "delete", "truncate", "copy", "vacuum", "lock", "append", "merge");

  private final String text;
  private final ParserOptions options;
  private final List<Token> tokens = new ArrayList<>();
  private int at;
  private int codePointSurplus;
  private int surplusUpTo;

  private Lexer(String text, ParserOptions options) {
    this.text = text;
    this.options = options;
  }

  /// All tokens of a text, ending in one of kind END.
  public static List<Token> tokensOf(String text, ParserOptions options) {
    if (text.length() > MAX_STATEMENT_BYTES / 3) {
      int bytes = text.getBytes(StandardCharsets.UTF_8).length;
      if (bytes > MAX_STATEMENT_BYTES) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED,
            "Statement is too large. Statement Size: %d bytes. Maximum Allowed: %d bytes"
                .formatted(bytes, MAX_STATEMENT_BYTES));
      }
    }
    return new Lexer(text, options).run();
  }

  private List<Token> run() {
    while (true) {
      skipBlanks();
      if (at >= text.length()) {
        tokens.add(new Token(TokenKind.END, "", at, at, positionOf(at)));
        return tokens;
      }
      readToken();
    }
  }

  private void readToken() {
    int start = at;
    char c = text.charAt(at);
    if (isNameStart(c)) {
      readWordOrPrefixedString(start, c);
    } else if (isDigit(c) || (c == '.' && isDigit(charAt(at + 1)))) {
      readNumber(start);
    } else if (c == '\'') {
      readString(start, at, !options.standardConformingStrings());
    } else if (c == '"') {
      readQuotedName(start);
    } else if (c == '$') {
      readDollar(start);
    } else if (c == '#' && isNameStart(charAt(at + 1)) && tableMayFollow()) {
      at++;
      readWord(start);
    } else if (OPERATOR_CHARACTERS.indexOf(c) >= 0) {
      readOperator(start);
    } else {
      readPunctuation(start, c);
    }
  }

  private void add(TokenKind kind, String value, int start) {
    tokens.add(new Token(kind, value, start, at, positionOf(start)));
  }

  /// The 1-based position in code points of an index at or behind the last one asked for.
  private int positionOf(int index) {
    for (int i = surplusUpTo; i < index; i++) {
      if (Character.isLowSurrogate(text.charAt(i))
          && i > 0
          && Character.isHighSurrogate(text.charAt(i - 1))) {
        codePointSurplus++;
      }
    }
    surplusUpTo = Math.max(surplusUpTo, index);
    return index - codePointSurplus + 1;
  }

  private char charAt(int index) {
    return index < text.length() ? text.charAt(index) : '\0';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static boolean isNameStart(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || isForeign(c);
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }

  /// Any character beyond ASCII, but for blanks that text processors leave behind.
  private static boolean isForeign(char c) {
    return c >= 0x80 && !isBlank(c);
  }

  private static boolean isBlank(char c) {
    return c == ' '
        || (c >= '\t' && c <= '\r')
        || c == '\u00a0'
        || c == '\ufeff'
        || (c >= 0x80 && Character.isSpaceChar(c));
  }

  // -- blanks and comments

  private void skipBlanks() {
    while (at < text.length()) {
      char c = text.charAt(at);
      if (isBlank(c)) {
        at++;
      } else if (c == '-' && charAt(at + 1) == '-') {
        skipLine();
      } else if (c == '/' && charAt(at + 1) == '*') {
        skipBlockComment();
      } else {
        return;
      }
    }
  }

  private void skipLine() {
    while (at < text.length() && text.charAt(at) != '\n' && text.charAt(at) != '\r') {
      at++;
    }
  }

  /// Comments nest.
  private void skipBlockComment() {
    int start = at;
    int open = 0;
    while (at < text.length()) {
      char c = text.charAt(at);
      if (c == '/' && charAt(at + 1) == '*') {
        open++;
        at += 2;
      } else if (c == '*' && charAt(at + 1) == '/') {
        open--;
        at += 2;
        if (open == 0) {
          return;
        }
      } else {
        at++;
      }
    }
    throw unterminated("/* comment", start);
  }

  // -- names and words

  private void readWordOrPrefixedString(int start, char c) {
    if (charAt(at + 1) == '\'') {
      switch (c) {
        case 'e', 'E' -> {
          readString(start, at + 1, true);
          return;
        }
        case 'n', 'N' -> {
          readString(start, at + 1, !options.standardConformingStrings());
          return;
        }
        case 'b', 'B' -> {
          readBitString(start, TokenKind.BIT_STRING, "bit string literal");
          return;
        }
        case 'x', 'X' -> {
          readBitString(start, TokenKind.HEX_STRING, "hexadecimal string literal");
          return;
        }
        default -> {
          // A word that a string follows, such as DATE '2020-01-01' without its blank.
        }
      }
    }
    readWord(start);
  }

  private void readWord(int start) {
    while (at < text.length() && isNamePart(text.charAt(at))) {
      at++;
    }
    add(TokenKind.WORD, truncated(fold(text.substring(start, at))), start);
  }

  /// True where an operand cannot have just ended, so that `#` is no operator.
  private boolean tableMayFollow() {
    if (tokens.isEmpty()) {
      return true;
    }
    Token last = tokens.getLast();
    return switch (last.kind()) {
      case WORD ->
          Keywords.categoryOf(last.text()) == Keywords.Category.RESERVED
              || Keywords.categoryOf(last.text()) == Keywords.Category.TYPE_OR_FUNCTION_NAME
              || BEFORE_TABLE.contains(last.text());
      case COMMA, DOT, LEFT_PAREN, OPERATOR, SEMICOLON -> true;
      default -> false;
    };
  }

  /// ASCII letters become small; others are left, as Redshift does.
  private static String fold(String name) {
    for (int i = 0; i < name.length(); i++) {
      if (name.charAt(i) >= 'A' && name.charAt(i) <= 'Z') {
        char[] chars = name.toCharArray();
        for (int j = i; j < chars.length; j++) {
          if (chars[j] >= 'A' && chars[j] <= 'Z') {
            chars[j] = (char) (chars[j] + ('a' - 'A'));
          }
        }
        return new String(chars);
      }
    }
    return name;
  }

  private static String truncated(String name) {
    if (name.length() * 3 <= MAX_NAME_BYTES) {
      return name;
    }
    int bytes = 0;
    int i = 0;
    while (i < name.length()) {
      int c = name.codePointAt(i);
      bytes += c < 0x80 ? 1 : c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
      if (bytes > MAX_NAME_BYTES) {
        return name.substring(0, i);
      }
      i += Character.charCount(c);
    }
    return name;
  }

  private void readQuotedName(int start) {
    at++;
    StringBuilder name = new StringBuilder();
    while (true) {
      int quote = text.indexOf('"', at);
      if (quote < 0) {
        throw unterminated("quoted identifier", start);
      }
      name.append(text, at, quote);
      at = quote + 1;
      if (charAt(at) != '"') {
        break;
      }
      name.append('"');
      at++;
    }
    if (name.isEmpty()) {
      throw error("zero-length delimited identifier", start, text.substring(start, at));
    }
    String value = options.caseSensitiveIdentifiers() ? name.toString() : fold(name.toString());
    add(TokenKind.QUOTED_NAME, truncated(value), start);
  }

  // -- literals

  private void readNumber(int start) {
    skipDigits();
    if (charAt(at) == '.' && charAt(at + 1) != '.') {
      at++;
      skipDigits();
    }
    char e = charAt(at);
    if (e == 'e' || e == 'E') {
      char next = charAt(at + 1);
      boolean signed = next == '+' || next == '-';
      if (isDigit(signed ? charAt(at + 2) : next)) {
        at += signed ? 2 : 1;
        skipDigits();
      }
    }
    add(TokenKind.NUMBER, text.substring(start, at), start);
  }

  private void skipDigits() {
    while (isDigit(charAt(at))) {
      at++;
    }
  }

  /// Reads the string whose quote stands at `quote`, and those that go on with it after a line
  /// break.
  private void readString(int start, int quote, boolean escapes) {
    at = quote + 1;
    StringBuilder value = new StringBuilder();
    do {
      StringBody body = new StringBody(text, at, escapes, value);
      if (!body.read()) {
        throw unterminated("quoted string", start);
      }
      at = body.end();
    } while (continuesOnNextLine());
    add(TokenKind.STRING, value.toString(), start);
  }

  /// SQL joins strings that only blanks with a line break separate. Leaves `at` behind the quote.
  private boolean continuesOnNextLine() {
    int i = at;
    boolean lineBreak = false;
    while (i < text.length() && isBlank(text.charAt(i))) {
      lineBreak |= text.charAt(i) == '\n' || text.charAt(i) == '\r';
      i++;
    }
    if (!lineBreak || charAt(i) != '\'') {
      return false;
    }
    at = i + 1;
    return true;
  }

  private void readBitString(int start, TokenKind kind, String what) {
    int end = text.indexOf('\'', at + 2);
    if (end < 0) {
      throw unterminated(what, start);
    }
    String digits = text.substring(at + 2, end);
    at = end + 1;
    add(kind, digits, start);
  }

  /// `$1`, `$$…$$`, `$tag$…$tag$`.
  private void readDollar(int start) {
    if (isDigit(charAt(at + 1))) {
      at++;
      skipDigits();
      add(TokenKind.PARAMETER, text.substring(start + 1, at), start);
      return;
    }
    int i = at + 1;
    if (isNameStart(charAt(i))) {
      while (isNameStart(charAt(i)) || isDigit(charAt(i))) {
        i++;
      }
    }
    if (charAt(i) != '$') {
      at++;
      add(TokenKind.UNKNOWN, "$", start);
      return;
    }
    String delimiter = text.substring(at, i + 1);
    int end = text.indexOf(delimiter, i + 1);
    if (end < 0) {
      throw unterminated("dollar-quoted string", start);
    }
    at = end + delimiter.length();
    add(TokenKind.STRING, text.substring(i + 1, end), start);
  }

  // -- operators and punctuation

  private void readOperator(int start) {
    int end = at;
    boolean marked = false;
    while (end < text.length() && OPERATOR_CHARACTERS.indexOf(text.charAt(end)) >= 0) {
      char c = text.charAt(end);
      if (end > at && startsComment(end)) {
        break;
      }
      marked |= OPERATOR_MARKS.indexOf(c) >= 0;
      end++;
    }
    while (end - at > 1 && !marked && "+-".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    at = end;
    String operator = text.substring(start, at);
    add(TokenKind.OPERATOR, operator.equals("!=") ? "<>" : operator, start);
  }

  private boolean startsComment(int index) {
    char c = text.charAt(index);
    char next = charAt(index + 1);
    return (c == '-' && next == '-') || (c == '/' && next == '*');
  }

  private void readPunctuation(int start, char c) {
    at++;
    TokenKind kind =
        switch (c) {
          case '(' -> TokenKind.LEFT_PAREN;
          case ')' -> TokenKind.RIGHT_PAREN;
          case '[' -> TokenKind.LEFT_BRACKET;
          case ']' -> TokenKind.RIGHT_BRACKET;
          case ',' -> TokenKind.COMMA;
          case '.' -> TokenKind.DOT;
          case ';' -> TokenKind.SEMICOLON;
          case ':' -> colon();
          default -> TokenKind.UNKNOWN;
        };
    add(kind, text.substring(start, at), start);
  }

  private TokenKind colon() {
    char next = charAt(at);
    if (next == ':') {
      at++;
      return TokenKind.DOUBLE_COLON;
    }
    if (next == '=') {
      at++;
      return TokenKind.COLON_EQUALS;
    }
    return TokenKind.COLON;
  }

  // -- errors

  private SqlException unterminated(String what, int start) {
    return error("unterminated " + what, start, text.substring(start));
  }

  private SqlException error(String message, int start, String near) {
    return new SqlException(
            SqlState.SYNTAX_ERROR, message + " at or near \"" + TokenCursor.shortened(near) + "\"")
        .withPosition(positionOf(start));
  }
}

package io.redward.leader.procedure;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.lex.Lexer;
import io.redward.leader.sql.lex.ParserOptions;
import io.redward.leader.sql.lex.Token;
import io.redward.leader.sql.lex.TokenKind;
import java.util.List;

/// A body's tokens and where the parser is among them.
final class PlTokens {
  private final String text;
  private final List<Token> tokens;
  private int at;

  private PlTokens(String text, List<Token> tokens) {
    this.text = text;
    this.tokens = tokens;
  }

  static PlTokens of(String text, ParserOptions options) {
    return new PlTokens(text, Lexer.tokensOf(text, options));
  }

  private Token peek(int ahead) {
    return tokens.get(Math.min(at + ahead, tokens.size() - 1));
  }

  boolean at(TokenKind kind) {
    return peek(0).is(kind);
  }

  boolean atWord(String word) {
    return peek(0).isWord(word);
  }

  /// The word at hand, empty if it is none.
  String word() {
    return at(TokenKind.WORD) ? peek(0).text() : "";
  }

  void next() {
    at++;
  }

  boolean accept(TokenKind kind) {
    boolean here = at(kind);
    at += here ? 1 : 0;
    return here;
  }

  boolean acceptWord(String word) {
    boolean here = atWord(word);
    at += here ? 1 : 0;
    return here;
  }

  void expect(TokenKind kind) {
    if (!accept(kind)) {
      throw error();
    }
  }

  void expectWord(String word) {
    if (!acceptWord(word)) {
      throw error();
    }
  }

  boolean acceptAssignment() {
    boolean here = at(TokenKind.COLON_EQUALS) || peek(0).isOperator("=");
    at += here ? 1 : 0;
    return here;
  }

  void expectAssignment() {
    if (!acceptAssignment()) {
      throw error();
    }
  }

  /// True if `name :=` or `name.field :=` stands here.
  boolean assignmentFollows() {
    if (!isName(peek(0))) {
      return false;
    }
    int behind = peek(1).is(TokenKind.DOT) && isName(peek(2)) ? 3 : 1;
    return peek(behind).is(TokenKind.COLON_EQUALS) || peek(behind).isOperator("=");
  }

  private static boolean isName(Token token) {
    return token.is(TokenKind.WORD) || token.is(TokenKind.QUOTED_NAME);
  }

  String name() {
    if (!isName(peek(0))) {
      throw error();
    }
    return tokens.get(at++).text();
  }

  /// The name of a block or loop behind its END.
  void acceptName() {
    if (isName(peek(0))) {
      at++;
    }
  }

  String string() {
    if (!at(TokenKind.STRING)) {
      throw error();
    }
    return tokens.get(at++).text();
  }

  /// `<<name>>`, or empty.
  String label() {
    if (!peek(0).isOperator("<<")) {
      return "";
    }
    at++;
    String label = name();
    if (!peek(0).isOperator(">>")) {
      throw error();
    }
    at++;
    return label;
  }

  /// The text up to the semicolon.
  String until() {
    return untilAny();
  }

  /// The text up to one of these words or the semicolon, not counting what is in parentheses or
  /// between CASE and END.
  String untilAny(String... stops) {
    int first = at;
    int depth = 0;
    int cases = 0;
    while (!at(TokenKind.END)) {
      Token token = peek(0);
      boolean outside = depth == 0 && cases == 0;
      if (token.is(TokenKind.SEMICOLON) && depth == 0
          || outside && at > first && stops(token, stops)) {
        break;
      }
      depth += token.is(TokenKind.LEFT_PAREN) ? 1 : token.is(TokenKind.RIGHT_PAREN) ? -1 : 0;
      if (token.isWord("case")) {
        cases++;
      } else if (token.isWord("end") && cases > 0) {
        cases--;
      }
      at++;
    }
    if (at == first) {
      return "";
    }
    return text.substring(tokens.get(first).start(), tokens.get(at - 1).end());
  }

  private static boolean stops(Token token, String... stops) {
    for (String stop : stops) {
      if (token.isWord(stop)
          || token.isOperator(stop)
          || stop.equals(",") && token.is(TokenKind.COMMA)
          || stop.equals(")") && token.is(TokenKind.RIGHT_PAREN)
          || stop.equals(":=") && token.is(TokenKind.COLON_EQUALS)) {
        return true;
      }
    }
    return false;
  }

  SqlException error() {
    Token token = peek(0);
    String near =
        token.is(TokenKind.END)
            ? "at end of input"
            : "at or near \"" + text.substring(token.start(), token.end()) + "\"";
    return new SqlException(SqlState.SYNTAX_ERROR, "syntax error " + near);
  }
}

package io.redward.leader.sql.lex;

/// What a token is.
public enum TokenKind {
  /// An unquoted word, folded to lower case: a keyword or a name, which only the grammar can tell.
  WORD,
  /// A name between double quotes.
  QUOTED_NAME,
  /// A string in any notation; the text is its value.
  STRING,
  /// `B'…'`; the text holds the digits.
  BIT_STRING,
  /// `X'…'`; the text holds the digits.
  HEX_STRING,
  NUMBER,
  /// `$1`; the text holds the digits.
  PARAMETER,
  /// Any operator but the punctuation below; `!=` has become `<>`.
  OPERATOR,
  LEFT_PAREN("("),
  RIGHT_PAREN(")"),
  LEFT_BRACKET("["),
  RIGHT_BRACKET("]"),
  COMMA(","),
  DOT("."),
  SEMICOLON(";"),
  COLON(":"),
  DOUBLE_COLON("::"),
  COLON_EQUALS(":="),
  /// A character that can begin nothing; the grammar reports it where it is met.
  UNKNOWN,
  END;

  private final String symbol;

  TokenKind() {
    this("");
  }

  TokenKind(String symbol) {
    this.symbol = symbol;
  }

  /// How it is written, if there is but one way.
  String symbol() {
    return symbol;
  }
}

package io.redward.leader.sql.lex;

/// A piece of a statement.
///
/// @param text its meaning: folded word, string value, digits, operator
/// @param start index of its first character in the text
/// @param end index behind its last character
/// @param position 1-based, in code points, for error messages
public record Token(TokenKind kind, String text, int start, int end, int position) {
  public boolean is(TokenKind kind) {
    return this.kind == kind;
  }

  /// True for this unquoted word, given in lower case.
  public boolean isWord(String word) {
    return kind == TokenKind.WORD && text.equals(word);
  }

  public boolean isOperator(String operator) {
    return kind == TokenKind.OPERATOR && text.equals(operator);
  }
}

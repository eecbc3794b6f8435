package io.redward.leader.sql;

import io.redward.leader.sql.ast.Statement;

/// One statement of a text, with the part of the text it was made from.
///
/// @param startOffset index of its first character in the text (UTF-16 units, 0-based)
/// @param endOffset index behind its last character, before any semicolon
public record ParsedStatement(Statement statement, int startOffset, int endOffset) {
  /// The statement's own text.
  public String text(String whole) {
    return whole.substring(startOffset, endOffset);
  }
}

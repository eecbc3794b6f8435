package io.redward.leader.sql;

/// What a session's settings change in parsing.
///
/// @param caseSensitiveIdentifiers `enable_case_sensitive_identifier`: quoted names keep their case
///     instead of being folded to lower case like all others
/// @param maxDepth of nesting of expressions and queries, so that no later stage overflows its
// stack
public record ParserOptions(boolean caseSensitiveIdentifiers, int maxDepth) {
  public static final ParserOptions DEFAULT = new ParserOptions(false, 1000);
}

package io.redward.leader.sql.lex;

/// What a session's settings change in parsing.
///
/// @param caseSensitiveIdentifiers `enable_case_sensitive_identifier`: quoted names keep their
///     case instead of being folded to lower case like all others
/// @param standardConformingStrings `standard_conforming_strings`: a backslash in an ordinary
///     string stands for itself. Off by default: `'.*\\..*'` is the pattern `.*\..*`, as
///     Redshift's manual has it. A client must be told what holds, or its quoting goes wrong.
/// @param maxDepth of nesting of expressions and queries, so that no later stage overflows its
///     stack
public record ParserOptions(
    boolean caseSensitiveIdentifiers, boolean standardConformingStrings, int maxDepth) {
  public static final ParserOptions DEFAULT = new ParserOptions(false, false, 500);

  /// For text that [SqlPrinter] made: names in it that are quoted have their case already.
  public static final ParserOptions PRINTED = new ParserOptions(true, false, 500);
}

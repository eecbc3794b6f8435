package io.redward.leader.sql.ast;

/// A point in the history of tables: `AT (VERSION => 17)`, `AT (TIMESTAMP => '2026-11-21 12:00')`,
/// `AT (OFFSET => -60)`.
public record Moment(Kind kind, Expr value, int position) implements Node {
  /// What a moment is given as.
  public enum Kind {
    /// A version of the namespace.
    VERSION,
    TIMESTAMP,
    /// Seconds from now, negative.
    OFFSET
  }
}

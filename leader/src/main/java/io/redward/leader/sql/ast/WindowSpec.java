package io.redward.leader.sql.ast;

import java.util.List;
import java.util.Optional;

/// `OVER (…)`, `OVER name`, or the right side of `WINDOW name AS (…)`.
///
/// @param reference a window of the WINDOW clause that this one is, or starts from
public record WindowSpec(
    Optional<Identifier> reference,
    List<Expr> partitionBy,
    List<SortItem> orderBy,
    Optional<Frame> frame,
    int position)
    implements Node {
  public WindowSpec {
    partitionBy = List.copyOf(partitionBy);
    orderBy = List.copyOf(orderBy);
  }

  /// `ROWS BETWEEN start AND end`; where only a start is written the end is CURRENT ROW.
  public record Frame(Unit unit, Bound start, Bound end) {}

  /// What offsets count.
  public enum Unit {
    ROWS,
    RANGE,
    GROUPS
  }

  /// One end of a frame; `offset` is present for PRECEDING and FOLLOWING.
  public record Bound(BoundKind kind, Optional<Expr> offset) {}

  /// In the order of the rows.
  public enum BoundKind {
    UNBOUNDED_PRECEDING,
    PRECEDING,
    CURRENT_ROW,
    FOLLOWING,
    UNBOUNDED_FOLLOWING
  }
}

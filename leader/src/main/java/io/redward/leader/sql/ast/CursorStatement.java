package io.redward.leader.sql.ast;

import java.util.Optional;

/// Cursors.
public sealed interface CursorStatement extends Statement {

  /// DECLARE name [BINARY] [INSENSITIVE] [[NO] SCROLL] CURSOR [WITH HOLD] FOR query.
  record DeclareCursorStatement(
      Identifier name, Query query, boolean scroll, boolean withHold, int position)
      implements CursorStatement {}

  /// FETCH and MOVE.
  ///
  /// @param count rows for FORWARD and BACKWARD, the row for ABSOLUTE and RELATIVE;
  ///     [Long#MAX_VALUE] for ALL
  /// @param move MOVE: no rows are returned
  record FetchStatement(
      Identifier cursor, FetchDirection direction, long count, boolean move, int position)
      implements CursorStatement {}

  enum FetchDirection {
    FORWARD,
    BACKWARD,
    ABSOLUTE,
    RELATIVE,
    FIRST,
    LAST
  }

  /// CLOSE name; empty for ALL.
  record CloseCursorStatement(Optional<Identifier> cursor, int position)
      implements CursorStatement {}
}

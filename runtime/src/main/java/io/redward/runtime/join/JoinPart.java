package io.redward.runtime.join;

import io.redward.runtime.row.RowWriter;

/// One worker's build rows.
public final class JoinPart {
  public final RowWriter rows;

  /// Set if a row was left out because a key of it is NULL.
  public boolean nullKeys;

  JoinPart(RowWriter rows) {
    this.rows = rows;
  }
}

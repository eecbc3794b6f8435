package io.redward.foundation.base;

import org.jspecify.annotations.Nullable;

/// Tells the workers of a query to stop. Polled once a work unit or batch, never per row.
/// Thread-safe; the first reason wins.
public final class CancelToken {
  private volatile @Nullable SqlException reason;

  /// Asks the query to stop with `reason` as its error.
  public void cancel(SqlException reason) {
    if (this.reason == null) {
      this.reason = reason;
    }
  }

  public boolean canceled() {
    return reason != null;
  }

  /// Throws the reason if the query has been cancelled.
  public void check() {
    SqlException current = reason;
    if (current != null) {
      throw current;
    }
  }
}

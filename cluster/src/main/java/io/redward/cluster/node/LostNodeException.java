package io.redward.cluster.node;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;

/// Says that a query ended because the cluster changed, not because of the query.
final class LostNodeException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final boolean begun;

  /// @param begun whether rows have been returned already
  LostNodeException(Throwable cause, boolean begun) {
    super(String.valueOf(cause.getMessage()), cause);
    this.begun = begun;
  }

  boolean begun() {
    return begun;
  }

  SqlException error() {
    return new SqlException(
            SqlState.CONNECTION_FAILURE, "a compute node was lost while the query ran", this)
        .withDetail(String.valueOf(getMessage()))
        .withHint("Run the query again; nothing has been changed.");
  }
}

package io.redward.functions.user;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;

/// Ends a function that has used up what it may use. An error, so that no function may catch it.
public final class LimitError extends Error {
  private static final long serialVersionUID = 1L;

  private final transient SqlException reason;

  public LimitError(SqlException reason) {
    super(reason.message(), null, false, false);
    this.reason = reason;
  }

  public static LimitError of(String message) {
    return new LimitError(SqlException.ofValue(SqlState.PROGRAM_LIMIT_EXCEEDED, message));
  }

  public SqlException reason() {
    return reason;
  }
}

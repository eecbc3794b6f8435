package io.redward.leader.dialect;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;

/// Something that would be refused.
///
/// @param position 1-based, in characters of the text that was parsed
public record Refusal(SqlState state, String message, int position) {
  public SqlException toException() {
    SqlException error = new SqlException(state, message);
    return position > 0 ? error.withPosition(position) : error;
  }
}

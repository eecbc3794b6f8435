package io.redward.leader.session;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;

/// What the client is told about whatever ended its statement. A statement may run the machine out
/// of memory or stack, or meet a mistake of ours; none of that may end more than the statement.
final class StatementFailure {
  private StatementFailure() {}

  static SqlException of(Throwable failure) {
    return switch (failure) {
      case SqlException error -> error;
      case OutOfMemoryError error ->
          new SqlException(
              SqlState.OUT_OF_MEMORY,
              "out of memory: the statement was ended to save the others",
              error);
      case StackOverflowError error ->
          new SqlException(
              SqlState.STATEMENT_TOO_COMPLEX,
              "stack depth limit exceeded: the statement is nested too deeply",
              error);
      default -> new SqlException(SqlState.INTERNAL_ERROR, "internal error: " + failure, failure);
    };
  }
}

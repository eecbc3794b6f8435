package io.redward.cluster.node;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.Optional;

/// Errors of fragments as text, since exceptions of ours do not travel.
public final class FailureText {
  private static final String MARK = "redward|";

  private FailureText() {}

  public static String of(Throwable failure) {
    if (failure instanceof SqlException sql) {
      return MARK + sql.state().name() + "|" + sql.hint().orElse("") + "|" + sql.message();
    }
    return MARK + SqlState.INTERNAL_ERROR.name() + "||" + failure;
  }

  /// The error of a statement that is named somewhere in `failure`.
  public static Optional<SqlException> read(Throwable failure) {
    for (Throwable each = failure; each != null; each = each.getCause()) {
      String message = each.getMessage();
      int at = message == null ? -1 : message.indexOf(MARK);
      if (message != null && at >= 0) {
        String[] parts = message.substring(at + MARK.length()).split("\\|", 3);
        if (parts.length == 3) {
          SqlException error = new SqlException(SqlState.valueOf(parts[0]), parts[2]);
          return Optional.of(parts[1].isEmpty() ? error : error.withHint(parts[1]));
        }
      }
    }
    return Optional.empty();
  }
}

package io.redward.foundation.base;

import java.util.Optional;
import java.util.OptionalInt;

/// An error that ends a statement and is shown to the user: SQLSTATE, message, and where known the
/// position in the statement (1-based, in characters), a detail and a hint.
///
/// Values are immutable; `with…` return copies, so a deep routine may throw without a position and
/// a caller that knows it may add it.
public final class SqlException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final SqlState state;
  private final int position;
  private final String detail;
  private final String hint;

  public SqlException(SqlState state, String message) {
    this(state, message, 0, "", "", null);
  }

  public SqlException(SqlState state, String message, Throwable cause) {
    this(state, message, 0, "", "", cause);
  }

  /// An error in a value of the user's, raised where rows are computed: without a stack trace,
  /// because TRY_CAST and COPY with MAXERROR may meet one in every row.
  public static SqlException ofValue(SqlState state, String message) {
    return new SqlException(state, message, "", "");
  }

  private SqlException(SqlState state, String message, String detail, String hint) {
    super(message, null, false, false);
    this.state = state;
    this.position = 0;
    this.detail = detail;
    this.hint = hint;
  }

  private SqlException(
      SqlState state,
      String message,
      int position,
      String detail,
      String hint,
      @org.jspecify.annotations.Nullable Throwable cause) {
    super(message, cause);
    this.state = state;
    this.position = position;
    this.detail = detail;
    this.hint = hint;
  }

  public SqlState state() {
    return state;
  }

  /// Always present, unlike [#getMessage()].
  public String message() {
    String message = getMessage();
    return message == null ? state.name() : message;
  }

  /// 1-based character position in the statement text.
  public OptionalInt position() {
    return position > 0 ? OptionalInt.of(position) : OptionalInt.empty();
  }

  public Optional<String> detail() {
    return detail.isEmpty() ? Optional.empty() : Optional.of(detail);
  }

  public Optional<String> hint() {
    return hint.isEmpty() ? Optional.empty() : Optional.of(hint);
  }

  /// A copy that points at `position` (1-based); keeps an earlier, deeper position if there is one.
  public SqlException withPosition(int position) {
    return this.position > 0 ? this : copy(position, detail, hint);
  }

  public SqlException withDetail(String detail) {
    return copy(position, detail, hint);
  }

  public SqlException withHint(String hint) {
    return copy(position, detail, hint);
  }

  private SqlException copy(int position, String detail, String hint) {
    SqlException copy = new SqlException(state, message(), position, detail, hint, getCause());
    copy.setStackTrace(getStackTrace());
    return copy;
  }
}

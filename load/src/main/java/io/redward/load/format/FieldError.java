package io.redward.load.format;

/// Why a field could not become a value: Redshift's load error number and words. Without a stack
/// trace, because a load may tolerate a hundred thousand of them.
final class FieldError extends RuntimeException {
  private static final long serialVersionUID = 1L;

  static final int MISSING_COLUMN = 1203;
  static final int STRING_TOO_LONG = 1204;
  static final int INVALID_DATE = 1205;
  static final int INVALID_TIMESTAMP = 1206;
  static final int INVALID_NUMBER = 1207;
  static final int MISSING_DELIMITER = 1214;
  static final int EXTRA_COLUMNS = 1202;
  static final int NOT_NULL = 1213;
  static final int INVALID_BOOLEAN = 1210;
  static final int INVALID_QUOTES = 1211;
  static final int INVALID_UTF8 = 1220;
  static final int OVERFLOW = 1216;
  static final int INVALID_JSON = 1218;
  static final int INVALID_SHAPE = 1225;

  private final int code;

  FieldError(int code, String reason) {
    super(reason, null, false, false);
    this.code = code;
  }

  int code() {
    return code;
  }

  /// True if the field is no date or timestamp.
  boolean isTemporal() {
    return code == INVALID_DATE || code == INVALID_TIMESTAMP;
  }

  String reason() {
    String message = getMessage();
    return message == null ? "" : message;
  }
}

package io.redward.load.format;

import io.redward.foundation.types.SqlType;

/// Dates and times in the less common forms. A placeholder until the functions' conversions are in.
final class TemporalText {
  private final SqlType type;
  private final String pattern;

  TemporalText(SqlType type, String pattern) {
    this.type = type;
    this.pattern = pattern;
  }

  /// True if no format was given, so that the ISO form may be read digit by digit.
  boolean isIso() {
    return pattern.isEmpty() || pattern.equals("auto");
  }

  long parse(byte[] bytes, int offset, int length) {
    throw new FieldError(
        FieldError.INVALID_DATE,
        "Invalid " + type + " format: " + FieldConverter.ascii(bytes, offset, length));
  }
}

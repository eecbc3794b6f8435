package io.redward.leader.sql.ast;

import java.util.OptionalInt;

/// The fields of an interval, as in `INTERVAL '1-2' YEAR TO MONTH` or `DAY TO SECOND (3)`.
///
/// @param from the first field
/// @param to the last field; equals `from` where only one is named
/// @param precision digits of the seconds' fraction
public record IntervalQualifier(Field from, Field to, OptionalInt precision) {
  /// In descending size.
  public enum Field {
    YEAR,
    MONTH,
    DAY,
    HOUR,
    MINUTE,
    SECOND
  }

  public boolean isYearMonth() {
    return from == Field.YEAR || from == Field.MONTH;
  }
}

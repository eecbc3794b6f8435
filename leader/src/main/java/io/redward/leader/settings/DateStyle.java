package io.redward.leader.settings;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.Locale;

/// How dates are written and read: a style and the order of day, month and year. Either may be set
/// alone, as `ISO` or `DMY`.
final class DateStyle {
  private DateStyle() {}

  /// What `before` becomes when `words` is set.
  ///
  /// @throws SqlException 22023 if a word is not known
  static String merged(String before, String words) {
    String style = before.substring(0, before.indexOf(','));
    String order = before.substring(before.indexOf(',') + 1).strip();
    for (String word : words.split("[,\\s]+")) {
      switch (word.toUpperCase(Locale.ROOT)) {
        case "ISO" -> style = "ISO";
        case "SQL" -> style = "SQL";
        case "POSTGRES" -> style = "Postgres";
        case "GERMAN" -> style = "German";
        case "YMD" -> order = "YMD";
        case "DMY", "EURO", "EUROPEAN" -> order = "DMY";
        case "MDY", "US", "NONEURO" -> order = "MDY";
        case "DEFAULT" -> {
          style = "ISO";
          order = "MDY";
        }
        case "" -> {}
        default ->
            throw new SqlException(
                SqlState.INVALID_PARAMETER_VALUE,
                "invalid value for parameter \"datestyle\": \"" + words + "\"");
      }
    }
    return style + ", " + order;
  }
}

package io.redward.bench;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Rows as text.
final class Rows {
  /// A moment without fraction, which one driver writes with a zero and another one without.
  private static final Pattern WHOLE_SECOND =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\d \\d\\d:\\d\\d:\\d\\d[.]0");

  private Rows() {}

  /// The current row's cells, joined by `|`.
  static String join(ResultSet rows) throws SQLException {
    StringBuilder row = new StringBuilder();
    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
      row.append(column > 1 ? "|" : "").append(cell(rows.getString(column)));
    }
    return row.toString();
  }

  private static @Nullable String cell(@Nullable String value) {
    return value != null && WHOLE_SECOND.matcher(value).matches()
        ? value.substring(0, value.length() - 2)
        : value;
  }
}

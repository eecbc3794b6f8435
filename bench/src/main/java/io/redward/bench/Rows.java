package io.redward.bench;

import java.sql.ResultSet;
import java.sql.SQLException;

/// Rows as text.
final class Rows {
  private Rows() {}

  /// The current row's cells, joined by `|`.
  static String join(ResultSet rows) throws SQLException {
    StringBuilder row = new StringBuilder();
    for (int column = 1; column <= rows.getMetaData().getColumnCount(); column++) {
      row.append(column > 1 ? "|" : "").append(rows.getString(column));
    }
    return row.toString();
  }
}

package io.redward.cli;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/// A block a row, a line a column: for rows wider than the screen.
final class VerticalPrinter implements ResultPrinter {
  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int width = 0;
    for (int column = 1; column <= columns.getColumnCount(); column++) {
      width = Math.max(width, columns.getColumnLabel(column).length());
    }
    long printed = 0;
    while (rows.next()) {
      printed++;
      out.println("-[ RECORD " + printed + " ]" + "-".repeat(Math.max(2, width)));
      for (int column = 1; column <= columns.getColumnCount(); column++) {
        String label = columns.getColumnLabel(column);
        String value = rows.getString(column);
        out.println(
            label + " ".repeat(width - label.length()) + " | " + (value == null ? "" : value));
      }
    }
    return printed;
  }
}

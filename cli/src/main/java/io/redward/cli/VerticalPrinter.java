package io.redward.cli;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;

/// A block a row, a line a column: for rows wider than the screen.
final class VerticalPrinter implements ResultPrinter {
  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    String[] labels = TablePrinter.labels(rows.getMetaData());
    long printed = 0;
    while (rows.next()) {
      String[] cells = new String[labels.length];
      for (int column = 0; column < labels.length; column++) {
        String value = rows.getString(column + 1);
        cells[column] = value == null ? "" : value;
      }
      block(out, ++printed, labels, cells);
    }
    return printed;
  }

  /// @param number of the row, from 1
  static void block(PrintWriter out, long number, String[] labels, String[] cells) {
    int width = 0;
    for (String label : labels) {
      width = Math.max(width, label.length());
    }
    out.println("-[ RECORD " + number + " ]" + "-".repeat(Math.max(2, width)));
    for (int column = 0; column < labels.length; column++) {
      String blanks = " ".repeat(width - labels[column].length());
      out.println(labels[column] + blanks + " | " + cells[column]);
    }
  }
}

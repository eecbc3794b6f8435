package io.redward.cli;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.SQLException;

/// Lays one result out.
interface ResultPrinter {
  /// Prints all rows.
  ///
  /// @return how many there were
  long print(ResultSet rows, PrintWriter out) throws SQLException;

  /// @param columns of the screen: a table that is wider is laid out vertically; 0 for never
  static ResultPrinter of(OutputFormat format, int columns) {
    return switch (format) {
      case TABLE -> new TablePrinter(columns);
      case CSV -> new CsvPrinter();
      case JSON -> new JsonPrinter();
      case VERTICAL -> new VerticalPrinter();
    };
  }
}

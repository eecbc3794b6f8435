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

  static ResultPrinter of(OutputFormat format) {
    return switch (format) {
      case TABLE -> new TablePrinter();
      case CSV -> new CsvPrinter();
      case JSON -> new JsonPrinter();
      case VERTICAL -> new VerticalPrinter();
    };
  }
}

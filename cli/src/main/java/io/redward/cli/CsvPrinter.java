package io.redward.cli;

import java.io.PrintWriter;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;

/// Comma-separated values; quotes where needed, NULL as nothing, an empty string as `""`.
final class CsvPrinter implements ResultPrinter {
  @Override
  public long print(ResultSet rows, PrintWriter out) throws SQLException {
    ResultSetMetaData columns = rows.getMetaData();
    int count = columns.getColumnCount();
    for (int column = 1; column <= count; column++) {
      out.print(column > 1 ? "," : "");
      out.print(quoted(columns.getColumnLabel(column)));
    }
    out.print('\n');
    long printed = 0;
    while (rows.next()) {
      for (int column = 1; column <= count; column++) {
        String value = rows.getString(column);
        out.print(column > 1 ? "," : "");
        out.print(value == null ? "" : quoted(value));
      }
      out.print('\n');
      printed++;
    }
    return printed;
  }

  private static String quoted(String value) {
    boolean plain =
        !value.isEmpty()
            && value.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? value : '"' + value.replace("\"", "\"\"") + '"';
  }
}

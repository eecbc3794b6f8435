package io.redward.bench;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Base64;

/// DuckDB in a process of its own: reads `run`, `rows` or `exec` and a statement in Base64 a line,
/// answers with nanoseconds, or with the rows. Timing is done here, next to the engine, so that our
/// pipes do not count against it.
public final class DuckDbProcess {
  private DuckDbProcess() {}

  public static void main(String[] arguments) throws Exception {
    try (Connection connection = DriverManager.getConnection("jdbc:duckdb:" + arguments[0]);
        BufferedReader in =
            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
      try (Statement statement = connection.createStatement()) {
        statement.execute("set threads to " + arguments[1]);
        // As in PostgreSQL and here.
        statement.execute("set default_null_order to 'nulls_last_on_asc_first_on_desc'");
      }
      String line;
      while ((line = in.readLine()) != null) {
        int blank = line.indexOf(' ');
        try {
          answer(connection, line.substring(0, blank), decoded(line.substring(blank + 1)));
        } catch (SQLException e) {
          System.out.println("fail " + encoded(String.valueOf(e.getMessage())));
        }
        System.out.flush();
      }
    }
  }

  /// Text as one word of a line.
  static String encoded(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  static String decoded(String word) {
    return new String(Base64.getDecoder().decode(word), StandardCharsets.UTF_8);
  }

  private static void answer(Connection connection, String command, String text)
      throws SQLException {
    long begun = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      switch (command) {
        case "exec" -> statement.execute(text);
        case "run" -> {
          try (ResultSet rows = statement.executeQuery(text)) {
            int columns = rows.getMetaData().getColumnCount();
            while (rows.next()) {
              for (int column = 1; column <= columns; column++) {
                rows.getObject(column);
              }
            }
          }
        }
        default -> {
          try (ResultSet rows = statement.executeQuery(text)) {
            while (rows.next()) {
              System.out.println("row " + encoded(Rows.join(rows)));
            }
          }
        }
      }
    }
    System.out.println("done " + (System.nanoTime() - begun));
  }
}

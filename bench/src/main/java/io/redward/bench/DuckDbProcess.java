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
      }
      String line;
      while ((line = in.readLine()) != null) {
        int blank = line.indexOf(' ');
        String text =
            new String(
                Base64.getDecoder().decode(line.substring(blank + 1)), StandardCharsets.UTF_8);
        answer(connection, line.substring(0, blank), text);
        System.out.flush();
      }
    }
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
              System.out.println("row " + Rows.join(rows));
            }
          }
        }
      }
    }
    System.out.println("done " + (System.nanoTime() - begun));
  }
}

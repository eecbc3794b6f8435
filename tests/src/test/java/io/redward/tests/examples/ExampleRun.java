package io.redward.tests.examples;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import tools.jackson.databind.JsonNode;

/// Runs one documented example in a session of its own.
final class ExampleRun {
  /// What stands for `<root_key>`.
  private static final String ROOT_KEY = "QWNLbnVtYmVyb25lQWNLbnVtYmVyb25lQWNLbnVtYjE=";

  private ExampleRun() {}

  /// What is wrong with the result, empty if it is what is documented.
  ///
  /// @param setup statements to run before
  /// @param varies whether the form of the result is all that counts
  static Optional<String> run(int port, List<String> setup, JsonNode example, boolean varies)
      throws SQLException {
    String text = example.path("sql").asString() + ";\n" + example.path("expected").asString();
    text = text.replace("<root_key>", ROOT_KEY);
    Transcript transcript = Transcript.of(text.replaceAll(";\\s*;\n", ";\n"));
    try (Connection connection =
            DriverManager.getConnection(
                "jdbc:postgresql://127.0.0.1:" + port + "/dev?user=admin&preferQueryMode=simple");
        Statement statement = connection.createStatement()) {
      for (String sql : setup) {
        statement.execute(sql);
      }
      for (Transcript.Step step : transcript.steps()) {
        Optional<String> problem = run(statement, step, varies);
        if (problem.isPresent()) {
          return Optional.of(step.sql() + "\n    " + problem.get());
        }
      }
      return Optional.empty();
    }
  }

  private static Optional<String> run(Statement statement, Transcript.Step step, boolean varies) {
    try {
      boolean query = statement.execute(step.sql());
      if (!step.error().isEmpty()) {
        return Optional.of("no error, wanted: " + step.error());
      }
      if (!query || step.printed().isEmpty()) {
        return Optional.empty();
      }
      List<List<String>> rows = rows(Objects.requireNonNull(statement.getResultSet()));
      PrintedResult printed = PrintedResult.of(step.printed());
      boolean ordered = step.sql().toLowerCase(Locale.ROOT).contains("order by");
      boolean same =
          printed.isSame(rows, ordered)
              || varies && (printed.hasSameShape(rows) || printed.hasSomeOf(rows));
      return same
          ? Optional.empty()
          : Optional.of("wanted " + printed.rows() + "\n    got " + rows);
    } catch (SQLException e) {
      String message = String.valueOf(e.getMessage());
      boolean wanted = !step.error().isEmpty() && message.contains(step.error());
      return wanted ? Optional.empty() : Optional.of(message.lines().findFirst().orElse(""));
    }
  }

  private static List<List<String>> rows(ResultSet result) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    while (result.next()) {
      List<String> row = new ArrayList<>();
      for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
        String cell = result.getString(column);
        row.add(cell == null ? "" : cell);
      }
      rows.add(row);
    }
    return rows;
  }
}

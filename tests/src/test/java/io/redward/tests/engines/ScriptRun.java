package io.redward.tests.engines;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// Runs the steps of a file in a database; sessions are opened as they are named.
final class ScriptRun implements AutoCloseable {
  private final int port;
  private final String database;
  private final Map<String, Connection> connections = new HashMap<>();

  ScriptRun(int port, String database) {
    this.port = port;
    this.database = database;
  }

  /// What is wrong, empty if the step does what the file says.
  Optional<String> run(ScriptStep step) throws SQLException {
    if (step.kind() == ScriptStep.Kind.RESTART) {
      close();
      return Optional.empty();
    }
    try (Statement statement = connection(step.connection()).createStatement()) {
      statement.setQueryTimeout(20);
      try {
        boolean query = statement.execute(step.sql());
        return switch (step.kind()) {
          case ERROR -> Optional.of("no error, wanted: " + String.join(" ", step.wanted()));
          case QUERY -> compared(step, query ? rows(statement) : counted(statement));
          case OK, MAYBE, RESTART -> Optional.empty();
        };
      } catch (SQLException e) {
        boolean right =
            step.kind() == ScriptStep.Kind.ERROR || step.kind() == ScriptStep.Kind.MAYBE;
        String message = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
        return right && !"XX000".equals(e.getSQLState()) ? Optional.empty() : Optional.of(message);
      }
    }
  }

  private static Optional<String> compared(ScriptStep step, List<List<String>> rows) {
    return StepResult.isSame(step, rows)
        ? Optional.empty()
        : Optional.of("rows differ: wanted " + step.wanted() + " got " + rows);
  }

  private static List<List<String>> counted(Statement statement) throws SQLException {
    return List.of(List.of(Integer.toString(statement.getUpdateCount())));
  }

  private static List<List<String>> rows(Statement statement) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (ResultSet result = Objects.requireNonNull(statement.getResultSet())) {
      while (result.next()) {
        List<String> row = new ArrayList<>();
        for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
          String cell = result.getString(column);
          row.add(cell == null ? "NULL" : cell);
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private Connection connection(String name) throws SQLException {
    Connection known = connections.get(name);
    if (known == null || known.isClosed()) {
      known =
          DriverManager.getConnection(
              "jdbc:postgresql://127.0.0.1:"
                  + port
                  + "/"
                  + database
                  + "?user=admin&preferQueryMode=simple");
      // The files are written for PostgreSQL's strings.
      try (Statement statement = known.createStatement()) {
        statement.execute("set standard_conforming_strings to on");
      }
      connections.put(name, known);
    }
    return known;
  }

  @Override
  public void close() throws SQLException {
    for (Connection connection : connections.values()) {
      connection.close();
    }
    connections.clear();
  }
}

package io.redward.cli;

import java.io.PrintWriter;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Sends statements and prints what comes back.
final class Runner {
  private static final int FETCH_ROWS = 10_000;

  private final Connection connection;
  private final PrintWriter out;
  private final PrintWriter errors;
  private OutputFormat format;
  private boolean timing;
  private volatile @Nullable Statement running;

  Runner(Connection connection, OutputFormat format, PrintWriter out, PrintWriter errors) {
    this.connection = connection;
    this.format = format;
    this.out = out;
    this.errors = errors;
  }

  OutputFormat format() {
    return format;
  }

  void format(OutputFormat format) {
    this.format = format;
  }

  boolean timing() {
    return timing;
  }

  void timing(boolean timing) {
    this.timing = timing;
  }

  PrintWriter out() {
    return out;
  }

  PrintWriter errors() {
    return errors;
  }

  /// Runs statements in turn.
  ///
  /// @return true if all succeeded
  boolean runAll(List<String> statements, boolean stopOnError) {
    boolean good = true;
    for (String statement : statements) {
      good &= run(statement, out);
      if (!good && stopOnError) {
        return false;
      }
    }
    return good;
  }

  /// Runs one statement and prints its result to `target`.
  ///
  /// @return false if it failed; the error has been printed
  boolean run(String text, PrintWriter target) {
    long begun = System.nanoTime();
    try (Statement statement = connection.createStatement()) {
      running = statement;
      statement.setEscapeProcessing(false);
      statement.setFetchSize(FETCH_ROWS);
      boolean rows = statement.execute(text);
      warnings(statement);
      if (rows) {
        try (ResultSet result = statement.getResultSet()) {
          ResultPrinter.of(format).print(result, target);
        }
      } else if (format == OutputFormat.TABLE || format == OutputFormat.VERTICAL) {
        long count = statement.getUpdateCount();
        target.println(count > 0 ? "OK, " + count + " rows" : "OK");
      }
      return true;
    } catch (SQLException e) {
      target.flush();
      errors.println(ErrorText.of(e, text));
      return false;
    } finally {
      running = null;
      target.flush();
      errors.flush();
      if (timing) {
        out.printf("Time: %.3f ms%n", (System.nanoTime() - begun) / 1e6);
        out.flush();
      }
    }
  }

  private void warnings(Statement statement) throws SQLException {
    for (SQLWarning warning = statement.getWarnings();
        warning != null;
        warning = warning.getNextWarning()) {
      errors.println(warning.getMessage());
    }
  }

  /// Stops the running statement, from another thread.
  void cancel() {
    Statement statement = running;
    if (statement != null) {
      try {
        statement.cancel();
      } catch (SQLException e) {
        errors.println("could not cancel: " + e.getMessage());
      }
    }
  }
}

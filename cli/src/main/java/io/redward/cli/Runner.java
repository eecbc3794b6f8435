package io.redward.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLWarning;
import java.sql.Statement;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.TransactionState;

/// Sends statements and prints what comes back.
final class Runner {
  private static final int FETCH_ROWS = 10_000;

  /// Opens a connection to a database.
  interface Connector {
    Connection connect(String database) throws SQLException;
  }

  private final Connector connector;
  private final PrintWriter out;
  private final PrintWriter errors;
  private Connection connection;
  private String database;
  private OutputFormat format;
  private int columns;
  private boolean timing;
  private Optional<ProgressLine> progress = Optional.empty();
  private volatile @Nullable Statement running;

  Runner(
      Connector connector,
      String database,
      OutputFormat format,
      PrintWriter out,
      PrintWriter errors)
      throws SQLException {
    this.connector = connector;
    this.database = database;
    this.format = format;
    this.out = out;
    this.errors = errors;
    connection = connector.connect(database);
  }

  /// Goes on with another database; the old connection stays if that cannot be.
  void use(String other) throws SQLException {
    Connection next = connector.connect(other);
    connection.close();
    connection = next;
    database = other;
  }

  /// From now on statements show how far they are.
  void progress(ProgressLine line) {
    progress = Optional.of(line);
  }

  Connection connection() {
    return connection;
  }

  Connector connector() {
    return connector;
  }

  String database() {
    return database;
  }

  OutputFormat format() {
    return format;
  }

  void format(OutputFormat format) {
    this.format = format;
  }

  /// Tables wider than so many columns are laid out vertically; 0 for never.
  void columns(int columns) {
    this.columns = columns;
  }

  int columns() {
    return columns;
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

  /// As psql's prompt has it: `*` in a transaction, `!` in a failed one.
  String transactionMark() {
    TransactionState state = ((BaseConnection) connection).getTransactionState();
    return switch (state) {
      case IDLE -> "";
      case OPEN -> "*";
      case FAILED -> "!";
    };
  }

  /// Runs one statement and prints its result to `target`.
  ///
  /// @return false if it failed; the error has been printed
  boolean run(String text, PrintWriter target) {
    return run(text, target, format);
  }

  boolean run(String text, PrintWriter target, OutputFormat as) {
    return timed(
        text,
        target,
        () -> {
          try (Statement statement = connection.createStatement()) {
            running = statement;
            statement.setEscapeProcessing(false);
            statement.setFetchSize(FETCH_ROWS);
            boolean rows = executed(statement, text);
            warnings(statement);
            if (rows) {
              try (ResultSet result = statement.getResultSet()) {
                ResultPrinter.of(as, columns).print(result, target);
              }
            } else if (as == OutputFormat.TABLE || as == OutputFormat.VERTICAL) {
              long count = statement.getUpdateCount();
              target.println(count > 0 ? "OK, " + count + " rows" : "OK");
            }
          }
        });
  }

  private boolean executed(Statement statement, String text) throws SQLException {
    if (progress.isEmpty()) {
      return statement.execute(text);
    }
    int session = connection.unwrap(PGConnection.class).getBackendPID();
    try (ProgressLine.Watch _ = progress.get().watch(session)) {
      return statement.execute(text);
    }
  }

  /// COPY between the server and a file of this machine.
  boolean copy(LocalCopy copy) {
    return timed(
        copy.statement(),
        out,
        () -> {
          CopyManager copies = connection.unwrap(PGConnection.class).getCopyAPI();
          Path file = Path.of(copy.file());
          long rows;
          if (copy.fromFile()) {
            try (InputStream in = Files.newInputStream(file)) {
              rows = copies.copyIn(copy.statement(), in);
            }
          } else {
            try (OutputStream to = Files.newOutputStream(file)) {
              rows = copies.copyOut(copy.statement(), to);
            }
          }
          out.println("COPY " + rows);
        });
  }

  private interface Work {
    void run() throws SQLException, IOException;
  }

  private boolean timed(String text, PrintWriter target, Work work) {
    long begun = System.nanoTime();
    try {
      work.run();
      return true;
    } catch (SQLException e) {
      target.flush();
      errors.println(ErrorText.of(e, text));
      return false;
    } catch (IOException e) {
      target.flush();
      errors.println("ERROR:  file " + e.getMessage());
      return false;
    } finally {
      running = null;
      if (timing) {
        target.printf("Time: %.3f ms%n", (System.nanoTime() - begun) / 1e6);
      }
      target.flush();
      errors.flush();
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

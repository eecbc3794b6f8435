package io.redward.bench.crash;

import io.redward.bench.crash.Ledger.Transaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.TreeSet;

/// A client: does its ledger's transactions one after another until the server is gone, and
/// afterwards compares what is there with the ledger.
final class Client {
  /// Error 1023: another transaction was first.
  private static final String CONFLICT = "40001";

  private final Ledger ledger;
  private final Path files;
  private boolean inFlight;
  private int conflicts;

  Client(int number, Path files) {
    ledger = new Ledger(number);
    this.files = files;
  }

  static List<String> schema(int clients) {
    List<String> statements = new ArrayList<>();
    statements.add("create table facts (client int, row_no int, val bigint)");
    statements.add("create table progress (client int, done int)");
    for (int i = 0; i < clients; i++) {
      statements.add("insert into progress values (" + i + ", 0)");
    }
    return statements;
  }

  int acknowledged() {
    return ledger.done();
  }

  int conflicts() {
    return conflicts;
  }

  /// Works until the connection breaks.
  ///
  /// @throws SQLException if the server refuses what it should do
  void work(Connection connection) throws SQLException, IOException {
    while (true) {
      Transaction next = ledger.next();
      inFlight = true;
      try {
        run(connection, next);
      } catch (SQLException e) {
        if (CONFLICT.equals(e.getSQLState())) {
          conflicts++;
          execute(connection, "rollback");
          continue;
        }
        if (isBroken(e)) {
          return;
        }
        throw e;
      }
      ledger.apply();
      inFlight = false;
    }
  }

  /// Finds out whether the transaction in flight has happened, and compares all rows.
  ///
  /// @return what is wrong, empty if nothing is
  List<String> check(Connection connection) throws SQLException {
    int client = ledger.client();
    int done = integer(connection, "select done from progress where client = " + client);
    List<String> wrong = new ArrayList<>();
    if (inFlight && done == ledger.done() + 1) {
      ledger.apply();
    }
    inFlight = false;
    if (done != ledger.done()) {
      wrong.add("client " + client + ": " + ledger.done() + " acknowledged, " + done + " there");
    }
    TreeMap<Integer, Long> rows = new TreeMap<>();
    int count = 0;
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery("select row_no, val from facts where client = " + client)) {
      while (result.next()) {
        rows.put(result.getInt(1), result.getLong(2));
        count++;
      }
    }
    if (count != rows.size() || !rows.equals(ledger.rows())) {
      wrong.add(
          "client "
              + client
              + ": "
              + count
              + " rows that differ from "
              + ledger.rows().size()
              + " after "
              + done
              + " transactions");
    }
    TreeSet<Integer> tables = new TreeSet<>();
    String prefix = "side_" + client + "_";
    try (Statement statement = connection.createStatement();
        ResultSet result =
            statement.executeQuery(
                "select tablename from pg_tables where tablename like 'side\\\\_%'")) {
      while (result.next()) {
        if (result.getString(1).startsWith(prefix)) {
          tables.add(Integer.parseInt(result.getString(1).substring(prefix.length())));
        }
      }
    }
    if (!tables.equals(new TreeSet<>(ledger.tables()))) {
      wrong.add("client " + client + ": tables " + tables + " instead of " + ledger.tables());
    }
    for (int table : tables) {
      if (integer(connection, "select max(n) from " + prefix + table) != table) {
        wrong.add("client " + client + ": table " + prefix + table + " has other rows");
      }
    }
    return wrong;
  }

  private void run(Connection connection, Transaction transaction)
      throws SQLException, IOException {
    int client = ledger.client();
    execute(connection, "begin");
    for (String statement : statements(transaction)) {
      execute(connection, statement);
    }
    execute(
        connection,
        "update progress set done = " + transaction.number() + " where client = " + client);
    execute(connection, "commit");
  }

  private List<String> statements(Transaction transaction) throws IOException {
    int client = ledger.client();
    String own = " where client = " + client + " and row_no % " + transaction.first() + " = ";
    return switch (transaction.kind()) {
      case INSERT -> List.of("insert into facts values " + values(transaction));
      case COPY -> {
        Path file = files.resolve("client-" + client + ".csv");
        Files.writeString(file, lines(transaction));
        yield List.of("copy facts from 'file://" + file + "' csv");
      }
      case UPDATE ->
          List.of(
              "update facts set val = row_no::bigint * 1000003 + "
                  + transaction.number()
                  + own
                  + transaction.count());
      case DELETE -> List.of("delete from facts" + own + transaction.count());
      case CREATE_TABLE -> {
        String table = "side_" + client + "_" + transaction.number();
        yield List.of(
            "create table " + table + " (n int)",
            "insert into " + table + " values (1), (" + transaction.number() + ")");
      }
      case DROP_TABLE -> List.of("drop table side_" + client + "_" + transaction.first());
    };
  }

  private String values(Transaction transaction) {
    List<String> rows = new ArrayList<>();
    for (String line : lines(transaction).split("\n")) {
      rows.add("(" + line + ")");
    }
    return String.join(", ", rows);
  }

  private String lines(Transaction transaction) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < transaction.count(); i++) {
      int row = transaction.first() + i;
      text.append(ledger.client()).append(',').append(row).append(',');
      text.append(transaction.value(row)).append('\n');
    }
    return text.toString();
  }

  private static boolean isBroken(SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    return state.startsWith("08") || state.equals("57P01");
  }

  private static int integer(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(query)) {
      result.next();
      return result.getInt(1);
    }
  }

  private static void execute(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : Arrays.asList(statements)) {
        statement.execute(each);
      }
    }
  }
}

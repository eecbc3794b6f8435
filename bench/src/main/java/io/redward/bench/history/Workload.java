package io.redward.bench.history;

import io.redward.bench.history.History.Operation;
import io.redward.bench.history.History.Outcome;
import io.redward.bench.history.History.Read;
import io.redward.bench.history.History.Transaction;
import io.redward.bench.history.History.Write;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/// Sessions that write objects and read them: append to lists, or overwrite registers. An object is
/// a row of text; a few are in use at a time, so that transactions meet.
final class Workload {
  private static final int OBJECTS_IN_USE = 6;
  private static final int TRANSACTIONS_AN_OBJECT = 40;

  /// What is written and read.
  enum Kind {
    LIST("lists", "''", "v || ?"),
    /// Half of the writes read the register before, which tells what they overwrite.
    REGISTER("registers", "'0'", "?");

    private final String table;
    private final String first;
    private final String next;

    Kind(String table, String first, String next) {
      this.table = table;
      this.first = first;
      this.next = next;
    }

    /// What a history breaks, and how often.
    Map<Anomaly, Integer> check(History history) {
      return this == LIST ? ListCheck.of(history) : RegisterCheck.of(history);
    }
  }

  private final Kind kind;
  private final Callable<Connection> connections;
  private final int sessions;
  private final int transactions;
  private final boolean atomic;
  private final AtomicInteger nextTransaction = new AtomicInteger();
  private final AtomicInteger nextValue = new AtomicInteger();

  /// @param atomic false to run every statement for itself: a broken isolation that must be found
  Workload(
      Kind kind, Callable<Connection> connections, int sessions, int transactions, boolean atomic) {
    this.kind = kind;
    this.connections = connections;
    this.sessions = sessions;
    this.transactions = transactions;
    this.atomic = atomic;
  }

  History run() throws Exception {
    try (Connection setup = connections.call();
        Statement statement = setup.createStatement()) {
      String table = kind.table;
      statement.execute("create table " + table + " (k integer, v varchar(60000))");
      int keys = transactions / TRANSACTIONS_AN_OBJECT + OBJECTS_IN_USE + 1;
      StringBuilder rows = new StringBuilder("insert into " + table + " values ");
      for (int key = 0; key < keys; key++) {
        rows.append(key == 0 ? "(" : ", (").append(key).append(", ").append(kind.first).append(')');
      }
      statement.execute(rows.toString());
      List<Callable<List<Transaction>>> workers = new ArrayList<>();
      for (int i = 0; i < sessions; i++) {
        int seed = i;
        workers.add(() -> work(new Random(seed)));
      }
      List<Transaction> all = new ArrayList<>();
      try (ExecutorService threads = Executors.newFixedThreadPool(sessions)) {
        for (Future<List<Transaction>> done : threads.invokeAll(workers)) {
          all.addAll(done.get());
        }
      }
      Map<Integer, List<Integer>> values = new HashMap<>();
      try (ResultSet result = statement.executeQuery("select k, v from " + table)) {
        while (result.next()) {
          values.put(result.getInt(1), values(result.getString(2)));
        }
      }
      return new History(all, values);
    }
  }

  private List<Transaction> work(Random random) throws Exception {
    List<Transaction> done = new ArrayList<>();
    try (Connection connection = connections.call();
        PreparedStatement write =
            connection.prepareStatement(
                "update " + kind.table + " set v = " + kind.next + " where k = ?");
        PreparedStatement read =
            connection.prepareStatement("select v from " + kind.table + " where k = ?")) {
      connection.setAutoCommit(!atomic);
      int id;
      while ((id = nextTransaction.getAndIncrement()) < transactions) {
        List<Operation> operations = new ArrayList<>();
        Outcome outcome = Outcome.COMMITTED;
        try {
          for (int left = 1 + random.nextInt(4); left > 0; left--) {
            int key = id / TRANSACTIONS_AN_OBJECT + random.nextInt(OBJECTS_IN_USE);
            boolean writes = random.nextBoolean();
            if (!writes || kind == Kind.REGISTER && random.nextBoolean()) {
              operations.add(read(read, key));
            }
            if (writes) {
              operations.add(write(write, key));
            }
          }
          if (atomic) {
            connection.commit();
          }
        } catch (SQLException e) {
          if (!"40001".equals(e.getSQLState())) {
            throw e;
          }
          outcome = Outcome.ABORTED;
          if (atomic) {
            connection.rollback();
          }
        }
        done.add(new Transaction(id, outcome, operations));
      }
    }
    return done;
  }

  private Operation write(PreparedStatement write, int key) throws SQLException {
    int value = nextValue.incrementAndGet();
    write.setString(1, value + ",");
    write.setInt(2, key);
    write.executeUpdate();
    return new Write(key, value);
  }

  private static Operation read(PreparedStatement read, int key) throws SQLException {
    read.setInt(1, key);
    try (ResultSet result = read.executeQuery()) {
      result.next();
      return new Read(key, values(result.getString(1)));
    }
  }

  private static List<Integer> values(String list) {
    List<Integer> values = new ArrayList<>();
    for (String value : list.split(",")) {
      if (!value.isEmpty()) {
        values.add(Integer.parseInt(value));
      }
    }
    return values;
  }
}

package io.redward.bench.history;

import io.redward.bench.history.History.Append;
import io.redward.bench.history.History.Operation;
import io.redward.bench.history.History.Outcome;
import io.redward.bench.history.History.Read;
import io.redward.bench.history.History.Transaction;
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

/// Sessions that append to lists and read them. A list is a row of text; a few lists are in use at
/// a time, so that transactions meet.
final class ListWorkload {
  private static final int LISTS_IN_USE = 6;
  private static final int TRANSACTIONS_A_LIST = 40;

  private final Callable<Connection> connections;
  private final int sessions;
  private final int transactions;
  private final boolean atomic;
  private final AtomicInteger nextTransaction = new AtomicInteger();
  private final AtomicInteger nextValue = new AtomicInteger();

  /// @param atomic false to run every statement for itself: a broken isolation that must be found
  ListWorkload(Callable<Connection> connections, int sessions, int transactions, boolean atomic) {
    this.connections = connections;
    this.sessions = sessions;
    this.transactions = transactions;
    this.atomic = atomic;
  }

  History run() throws Exception {
    try (Connection setup = connections.call();
        Statement statement = setup.createStatement()) {
      statement.execute("create table if not exists lists (k integer, v varchar(60000))");
      statement.execute("delete from lists");
      int keys = transactions / TRANSACTIONS_A_LIST + LISTS_IN_USE + 1;
      StringBuilder rows = new StringBuilder("insert into lists values (0, '')");
      for (int key = 1; key < keys; key++) {
        rows.append(", (").append(key).append(", '')");
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
      Map<Integer, List<Integer>> lists = new HashMap<>();
      try (ResultSet result = statement.executeQuery("select k, v from lists")) {
        while (result.next()) {
          lists.put(result.getInt(1), values(result.getString(2)));
        }
      }
      return new History(all, lists);
    }
  }

  private List<Transaction> work(Random random) throws Exception {
    List<Transaction> done = new ArrayList<>();
    try (Connection connection = connections.call();
        PreparedStatement append =
            connection.prepareStatement("update lists set v = v || ? where k = ?");
        PreparedStatement read = connection.prepareStatement("select v from lists where k = ?")) {
      connection.setAutoCommit(!atomic);
      int id;
      while ((id = nextTransaction.getAndIncrement()) < transactions) {
        List<Operation> operations = new ArrayList<>();
        Outcome outcome = Outcome.COMMITTED;
        try {
          for (int left = 1 + random.nextInt(4); left > 0; left--) {
            int key = id / TRANSACTIONS_A_LIST + random.nextInt(LISTS_IN_USE);
            operations.add(random.nextBoolean() ? read(read, key) : append(append, key));
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

  private Operation append(PreparedStatement append, int key) throws SQLException {
    int value = nextValue.incrementAndGet();
    append.setString(1, value + ",");
    append.setInt(2, key);
    append.executeUpdate();
    return new Append(key, value);
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

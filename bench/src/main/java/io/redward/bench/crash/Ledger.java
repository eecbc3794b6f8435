package io.redward.bench.crash;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;

/// What one client's rows must be after its first n transactions, and what its next one does. The
/// n-th transaction of a client is the same whenever it is asked for, so that one whose answer was
/// lost can be told to have happened or not, and is repeated if not.
final class Ledger {
  private static final int KINDS = 6;
  private static final int MOST_ROWS = 400;

  private final int client;
  private final TreeMap<Integer, Long> rows = new TreeMap<>();
  private final Set<Integer> tables = new HashSet<>();
  private int done;

  Ledger(int client) {
    this.client = client;
  }

  /// A kind of transaction.
  enum Kind {
    INSERT,
    UPDATE,
    DELETE,
    COPY,
    CREATE_TABLE,
    DROP_TABLE
  }

  /// A transaction.
  ///
  /// @param number of the client's transactions, from 1
  /// @param first row that it adds, or divisor of the rows that it changes
  /// @param count of rows added, or the remainder of the rows that it changes
  record Transaction(int number, Kind kind, int first, int count) {
    long value(int row) {
      return row * 1_000_003L + number;
    }
  }

  int client() {
    return client;
  }

  /// Transactions done.
  int done() {
    return done;
  }

  TreeMap<Integer, Long> rows() {
    return rows;
  }

  /// Numbers of the transactions whose tables are there.
  Set<Integer> tables() {
    return tables;
  }

  Transaction next() {
    int number = done + 1;
    Random random = new Random(client * 1_000_003L + number);
    Kind kind = Kind.values()[random.nextInt(KINDS)];
    if (rows.size() > MOST_ROWS) {
      kind = Kind.DELETE;
    } else if (rows.isEmpty() && (kind == Kind.UPDATE || kind == Kind.DELETE)) {
      kind = Kind.INSERT;
    }
    if (kind == Kind.DROP_TABLE && tables.isEmpty()) {
      kind = Kind.CREATE_TABLE;
    }
    return switch (kind) {
      case INSERT -> new Transaction(number, kind, number * 1_000, 1 + random.nextInt(20));
      case COPY -> new Transaction(number, kind, number * 1_000, 50 + random.nextInt(150));
      case UPDATE, DELETE -> {
        int divisor = 2 + random.nextInt(5);
        yield new Transaction(number, kind, divisor, random.nextInt(divisor));
      }
      case CREATE_TABLE -> new Transaction(number, kind, 0, 0);
      case DROP_TABLE -> new Transaction(number, kind, tables.iterator().next(), 0);
    };
  }

  /// The next transaction has happened.
  void apply() {
    Transaction next = next();
    switch (next.kind()) {
      case INSERT, COPY -> {
        for (int i = 0; i < next.count(); i++) {
          rows.put(next.first() + i, next.value(next.first() + i));
        }
      }
      case UPDATE -> rows.replaceAll((row, value) -> isHit(next, row) ? next.value(row) : value);
      case DELETE -> rows.keySet().removeIf(row -> isHit(next, row));
      case CREATE_TABLE -> tables.add(next.number());
      case DROP_TABLE -> tables.remove(next.first());
    }
    done++;
  }

  private static boolean isHit(Transaction transaction, int row) {
    return row % transaction.first() == transaction.count();
  }
}

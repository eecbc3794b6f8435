package io.redward.leader.session;

import io.redward.foundation.batch.Vector;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.relational.TableStatistics;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.SnapshotView;
import io.redward.storage.table.TableSnapshot;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Supplier;

/// Tables as they were, or parts of them, by oids made up for them, which are negative and so
/// nobody else's. Keeps their states readable until it is cleared. Thread-safe.
final class PastRows {
  private final Map<Integer, TableSnapshot> tables = new ConcurrentHashMap<>();
  private final Map<Integer, Unread> unread = new ConcurrentHashMap<>();
  private final List<Runnable> endings = new CopyOnWriteArrayList<>();
  private final AtomicInteger last = new AtomicInteger();

  /// Adds a table.
  ///
  /// @return the oid it is found by
  int add(TableSnapshot table) {
    int oid = last.decrementAndGet();
    tables.put(oid, table);
    return oid;
  }

  void remove(int oid) {
    tables.remove(oid);
  }

  /// Adds a table whose rows are fetched when somebody wants them.
  ///
  /// @param estimate how many there are, for the planner
  int add(Supplier<TableSnapshot> rows, double estimate) {
    int oid = last.decrementAndGet();
    unread.put(oid, new Unread(rows, estimate));
    return oid;
  }

  private record Unread(Supplier<TableSnapshot> rows, double estimate) {}

  /// What the planner may know of tables.
  Function<TableDefinition, TableStatistics> statistics(Snapshot snapshot) {
    return table -> {
      Unread known = unread.get(table.oid());
      return known == null
          ? new StoredStatistics(table, snapshot.table(table.oid()))
          : TableStatistics.ofRowCount(known.estimate());
    };
  }

  private synchronized TableSnapshot table(int oid) {
    TableSnapshot known = tables.get(oid);
    if (known != null) {
      return known;
    }
    Unread wanted = unread.get(oid);
    if (wanted == null) {
      throw new IllegalStateException("the state of a past table has been let go of");
    }
    TableSnapshot read = wanted.rows().get();
    tables.put(oid, read);
    return read;
  }

  /// To be run when the tables are let go of.
  void whenCleared(Runnable ending) {
    endings.add(ending);
  }

  void clear() {
    tables.clear();
    unread.clear();
    endings.forEach(Runnable::run);
    endings.clear();
  }

  /// A snapshot that finds these tables too.
  Snapshot over(Snapshot present) {
    return new Extended(present, this);
  }

  private record Extended(Snapshot present, PastRows past) implements SnapshotView {
    @Override
    public Map<Integer, Vector> fillers(long tableId) {
      return tableId >= 0 ? present.fillers(tableId) : Map.of();
    }

    @Override
    public TableSnapshot table(long tableId) {
      return tableId >= 0 ? present.table(tableId) : past.table((int) tableId);
    }
  }
}

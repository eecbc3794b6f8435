package io.redward.leader.session;

import io.redward.foundation.batch.Vector;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/// Tables as they were, or parts of them, by oids made up for them, which are negative and so
/// nobody else's. Keeps their states readable until it is cleared. Thread-safe.
final class PastRows {
  private final Map<Integer, TableSnapshot> tables = new ConcurrentHashMap<>();
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

  void clear() {
    tables.clear();
  }

  /// A snapshot that finds these tables too.
  Snapshot over(Snapshot present) {
    return new Extended(present, tables);
  }

  private record Extended(Snapshot present, Map<Integer, TableSnapshot> tables)
      implements Snapshot {
    @Override
    public long version() {
      return present.version();
    }

    @Override
    public long entryVersion() {
      return present.entryVersion();
    }

    @Override
    public Optional<byte[]> entry(String key) {
      return present.entry(key);
    }

    @Override
    public SortedMap<String, byte[]> entries(String prefix) {
      return present.entries(prefix);
    }

    @Override
    public Map<Integer, Vector> fillers(long tableId) {
      return tableId >= 0 ? present.fillers(tableId) : Map.of();
    }

    @Override
    public TableSnapshot table(long tableId) {
      if (tableId >= 0) {
        return present.table(tableId);
      }
      TableSnapshot past = tables.get((int) tableId);
      if (past == null) {
        throw new IllegalStateException("the state of a past table has been let go of");
      }
      return past;
    }
  }
}

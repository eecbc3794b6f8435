package io.redward.cluster.node;

import io.redward.cluster.wire.QuerySpec;
import io.redward.foundation.batch.Vector;
import io.redward.spi.StatementAccess;
import io.redward.spi.SystemTable;
import io.redward.spi.SystemTables;
import io.redward.storage.namespace.FilledSnapshot;
import io.redward.storage.table.ReadRecorder;
import io.redward.storage.table.Snapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// What a query of another process's may touch in this one: stored tables, to read.
public final class NodeAccess {
  private NodeAccess() {}

  /// @param stored the state of the store that the query reads
  public static StatementAccess of(Snapshot stored, QuerySpec query) {
    return reading(filled(stored, query), query);
  }

  /// The state with the values of columns that are younger than rowsets, as the leader knows them.
  static Snapshot filled(Snapshot stored, QuerySpec query) {
    Map<Long, Map<Integer, Vector>> fillers = new ConcurrentHashMap<>();
    for (QuerySpec.Table table : query.tables()) {
      fillers.put(table.id(), table.fillers());
    }
    return new FilledSnapshot(stored, table -> fillers.getOrDefault(table, Map.of()));
  }

  static StatementAccess reading(Snapshot snapshot, QuerySpec query) {
    return new StatementAccess(
        snapshot,
        ReadRecorder.NONE,
        Optional.empty(),
        table -> {
          throw new IllegalStateException("a node writes no table " + table);
        },
        (table, _) -> {
          throw new IllegalStateException("a node writes no table " + table);
        },
        false,
        new NoSystemTables(),
        query.memoryBytes());
  }

  private record NoSystemTables() implements SystemTables {
    @Override
    public Optional<SystemTable> find(String schema, String name) {
      return Optional.empty();
    }

    @Override
    public List<SystemTable> all() {
      return List.of();
    }
  }
}

package io.redward.cluster.node;

import io.redward.cluster.wire.QuerySpec;
import io.redward.foundation.batch.Vector;
import io.redward.spi.StatementAccess;
import io.redward.storage.namespace.FilledSnapshot;
import io.redward.storage.table.Snapshot;
import java.util.Map;
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
    return StatementAccess.reading(snapshot, query.memoryBytes());
  }
}

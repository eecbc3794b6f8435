package io.redward.cluster.node;

import io.redward.cluster.wire.QuerySpec;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.Snapshot;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/// Finds the state of the store that a query reads: the one at hand if its tables are the same, the
/// newest, or an earlier one. Thread-safe.
public final class NodeSnapshots {
  private static final String NOT_SEEN = "the node does not see log position ";

  private static final int ATTEMPTS = 250;
  private static final long PAUSE_MILLIS = 20;

  private final Namespace namespace;
  private final AtomicReference<Snapshot> last;

  public NodeSnapshots(Namespace namespace) {
    this.namespace = namespace;
    last = new AtomicReference<>(namespace.snapshot());
  }

  /// @throws SqlException INTERNAL_ERROR if the store does not show the state that the leader saw
  public Snapshot at(long version, List<QuerySpec.Table> tables) {
    Snapshot known = last.get();
    if (shows(known, tables)) {
      return known;
    }
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
      Snapshot newest = namespace.snapshot();
      if (newest.version() >= version) {
        last.set(newest);
        if (shows(newest, tables)) {
          return newest;
        }
        Snapshot earlier = namespace.history().at(version);
        if (shows(earlier, tables)) {
          return earlier;
        }
        break;
      }
      pause();
    }
    throw new SqlException(SqlState.INTERNAL_ERROR, NOT_SEEN + version + " as the leader does")
        .withHint("Have all processes of the cluster use the same store.");
  }

  /// Whether a query failed on a node because that does not see the tables as the leader does, who
  /// can still run it alone.
  public static boolean isBehind(@Nullable Throwable error) {
    return error != null && String.valueOf(error.getMessage()).startsWith(NOT_SEEN);
  }

  private static boolean shows(Snapshot snapshot, List<QuerySpec.Table> tables) {
    return tables.stream().allMatch(table -> table.isIn(snapshot));
  }

  private static void pause() {
    try {
      Thread.sleep(PAUSE_MILLIS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlException(SqlState.QUERY_CANCELED, "interrupted", e);
    }
  }
}

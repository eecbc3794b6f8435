package io.redward.storage.commit;

import io.redward.storage.table.ReadRecorder;
import io.redward.storage.table.ReadScope;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What a serializable transaction has looked at, table by table. Thread-safe while it grows;
/// nothing is added once the transaction commits.
public final class ReadSet implements ReadRecorder {
  /// Of a transaction that reads nothing, or whose reads do not matter.
  static final ReadSet NONE = new ReadSet();

  /// A table scanned more often counts as read whole.
  private static final int MAX_SCOPES = 512;

  private final Map<Long, List<ReadScope>> scopes = new HashMap<>();

  @Override
  public synchronized void read(long tableId, ReadScope scope) {
    List<ReadScope> known = scopes.computeIfAbsent(tableId, _ -> new ArrayList<>());
    if (scope == ReadScope.TABLE || known.size() >= MAX_SCOPES) {
      known.clear();
      known.add(ReadScope.TABLE);
    } else if (known.isEmpty() || known.getFirst() != ReadScope.TABLE) {
      known.add(scope);
    }
  }

  synchronized boolean isEmpty() {
    return scopes.isEmpty();
  }

  synchronized Map<Long, List<ReadScope>> scopes() {
    return scopes;
  }
}

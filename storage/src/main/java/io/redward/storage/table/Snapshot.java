package io.redward.storage.table;

import io.redward.foundation.batch.Vector;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// The state of a namespace at one log position, or a transaction's own view of it. Immutable
/// unless it is a transaction's. Its rowsets stay readable as long as it is reachable.
public interface Snapshot {
  /// The log position; grows with every commit.
  long version();

  /// The log position at which an entry changed last; unique and negative in the view of a
  /// transaction that has changed one.
  long entryVersion();

  /// The value of an entry; callers do not change the array.
  Optional<byte[]> entry(String key);

  /// All entries whose key starts with `prefix`, in key order.
  SortedMap<String, byte[]> entries(String prefix);

  /// The table's rowsets; a table nobody has written to is empty.
  TableSnapshot table(long tableId);

  /// One-row vectors of the values that columns, by id, have in rowsets which are older than they
  /// are; [#table] shows these values already.
  default Map<Integer, Vector> fillers(long tableId) {
    return Map.of();
  }
}

package io.redward.storage.table;

import java.util.List;
import java.util.Optional;

/// A table's rows as of a snapshot.
public interface TableSnapshot {
  long tableId();

  List<RowsetSnapshot> rowsets();

  /// Rows less the deleted ones.
  long rowCount();

  /// Bytes of the table's encoded blocks.
  long encodedBytes();

  /// Merged over all rowsets: exact bounds (a superset after deletes), null count, estimated
  /// distinct count. Empty if the table holds no row of that column.
  Optional<ColumnStatistics> statistics(int columnId);

  /// Changes whenever the table's rows do: keys of result and predicate caches.
  long contentVersion();
}

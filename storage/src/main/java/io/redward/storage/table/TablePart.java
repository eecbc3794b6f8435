package io.redward.storage.table;

import java.util.List;
import java.util.Optional;

/// A table as if it had only some of its rowsets; statistics and sizes are the whole table's.
public record TablePart(TableSnapshot whole, List<RowsetSnapshot> rowsets)
    implements TableSnapshot {
  public TablePart {
    rowsets = List.copyOf(rowsets);
  }

  @Override
  public long tableId() {
    return whole.tableId();
  }

  @Override
  public long rowCount() {
    long rows = 0;
    for (RowsetSnapshot rowset : rowsets) {
      rows += rowset.rowCount();
      for (long word : rowset.deletedRows().orElseGet(() -> new long[0])) {
        rows -= Long.bitCount(word);
      }
    }
    return rows;
  }

  @Override
  public long encodedBytes() {
    return whole.encodedBytes();
  }

  @Override
  public Optional<ColumnStatistics> statistics(int columnId) {
    return whole.statistics(columnId);
  }

  @Override
  public long contentVersion() {
    return whole.contentVersion();
  }
}

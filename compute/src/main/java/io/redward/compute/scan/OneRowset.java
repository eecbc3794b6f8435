package io.redward.compute.scan;

import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.List;
import java.util.Optional;

/// A table as if it had but one of its rowsets.
record OneRowset(TableSnapshot table, RowsetSnapshot rowset) implements TableSnapshot {
  @Override
  public long tableId() {
    return table.tableId();
  }

  @Override
  public List<RowsetSnapshot> rowsets() {
    return List.of(rowset);
  }

  @Override
  public long rowCount() {
    return rowset.rowCount();
  }

  @Override
  public long encodedBytes() {
    return table.encodedBytes();
  }

  @Override
  public Optional<ColumnStatistics> statistics(int columnId) {
    return table.statistics(columnId);
  }

  @Override
  public long contentVersion() {
    return table.contentVersion();
  }
}

package io.redward.storage.commit;

import io.redward.storage.rowset.ColumnTotals;
import io.redward.storage.table.ColumnStatistics;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// A table's rowsets at one log position. Immutable; keeps statistics once they have been summed.
public final class TableState {
  private final long tableId;
  private final List<RowsetState> rowsets;
  private final long contentVersion;
  private final Map<Integer, Optional<ColumnStatistics>> statistics = new ConcurrentHashMap<>();

  TableState(long tableId, List<RowsetState> rowsets, long contentVersion) {
    this.tableId = tableId;
    this.rowsets = List.copyOf(rowsets);
    this.contentVersion = contentVersion;
  }

  public long tableId() {
    return tableId;
  }

  public List<RowsetState> rowsets() {
    return rowsets;
  }

  public long contentVersion() {
    return contentVersion;
  }

  public Optional<RowsetState> rowset(int rowsetId) {
    for (RowsetState rowset : rowsets) {
      if (rowset.rowsetId() == rowsetId) {
        return Optional.of(rowset);
      }
    }
    return Optional.empty();
  }

  public Optional<ColumnStatistics> statistics(int columnId) {
    return statistics.computeIfAbsent(
        columnId,
        id -> {
          ColumnTotals totals = new ColumnTotals();
          for (RowsetState rowset : rowsets) {
            rowset.file().addTo(totals, id);
          }
          return totals.statistics();
        });
  }
}

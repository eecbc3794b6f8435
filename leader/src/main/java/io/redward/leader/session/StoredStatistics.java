package io.redward.leader.session;

import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.relational.TableStatistics;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.List;
import java.util.Optional;

/// A table's statistics as storage keeps them, by position of the column.
record StoredStatistics(TableDefinition table, TableSnapshot stored) implements TableStatistics {
  @Override
  public double rowCount() {
    return stored.rowCount();
  }

  @Override
  public double unsortedShare() {
    List<Integer> wanted = table.layout().sortKey();
    long all = 0;
    long unsorted = 0;
    for (RowsetSnapshot rowset : stored.rowsets()) {
      List<Integer> sortKey = rowset.sortKey();
      boolean sorted =
          sortKey.size() >= wanted.size() && sortKey.subList(0, wanted.size()).equals(wanted);
      all += rowset.rowCount();
      unsorted += sorted ? 0 : rowset.rowCount();
    }
    return all == 0 ? 0 : (double) unsorted / all;
  }

  @Override
  public Optional<ColumnStatistics> column(int ordinal) {
    return ordinal < table.columns().size()
        ? stored.statistics(table.columns().get(ordinal).id())
        : Optional.empty();
  }
}

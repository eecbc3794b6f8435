package io.redward.leader.session;

import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.relational.TableStatistics;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.TableSnapshot;
import java.util.Optional;

/// A table's statistics as storage keeps them, by position of the column.
record StoredStatistics(TableDefinition table, TableSnapshot stored) implements TableStatistics {
  @Override
  public double rowCount() {
    return stored.rowCount();
  }

  @Override
  public Optional<ColumnStatistics> column(int ordinal) {
    return ordinal < table.columns().size()
        ? stored.statistics(table.columns().get(ordinal).id())
        : Optional.empty();
  }
}

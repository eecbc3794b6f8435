package io.redward.leader.relational;

import io.redward.storage.table.ColumnStatistics;
import java.util.Optional;

/// What is known of a table's rows when a statement is planned.
public interface TableStatistics {
  /// Live rows, estimated.
  double rowCount();

  /// What is known of a column, by its position in the row type.
  Optional<ColumnStatistics> column(int ordinal);

  /// The share of rows that are not in the order of the table's sort key.
  default double unsortedShare() {
    return 0;
  }

  /// Statistics of a table of which nothing but its size is known.
  static TableStatistics ofRowCount(double rowCount) {
    return new TableStatistics() {
      @Override
      public double rowCount() {
        return rowCount;
      }

      @Override
      public Optional<ColumnStatistics> column(int ordinal) {
        return Optional.empty();
      }
    };
  }
}

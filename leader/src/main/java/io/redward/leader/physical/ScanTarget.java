package io.redward.leader.physical;

import java.util.List;

/// What stands behind a table of the algebra.
public sealed interface ScanTarget {
  /// A stored table.
  ///
  /// @param columnIds by ordinal of the row type; a row type with one field more ends in the row
  ///     id, which names a row for DELETE and UPDATE
  record Stored(long tableId, String name, List<Integer> columnIds, DistributionStyle distribution)
      implements ScanTarget {
    public Stored {
      columnIds = List.copyOf(columnIds);
    }
  }

  /// A table whose rows the leader makes; columns by their ordinal.
  record System(String schema, String name) implements ScanTarget {}
}

package io.redward.leader.physical;

import java.util.List;
import java.util.Optional;

/// What stands behind a table of the algebra.
public sealed interface ScanTarget {
  /// A stored table.
  ///
  /// @param columnIds by ordinal of the row type; a row type with one field more ends in the row
  ///     id, which names a row for DELETE and UPDATE
  /// @param alias its name in the statement, where it has another there
  /// @param sortKey ids of the columns by which the rows are sorted, most significant first; empty
  ///     where too many are not, or where the columns weigh the same
  record Stored(
      long tableId,
      String name,
      List<Integer> columnIds,
      DistributionStyle distribution,
      Optional<String> alias,
      List<Integer> sortKey)
      implements ScanTarget {
    public Stored(
        long tableId, String name, List<Integer> columnIds, DistributionStyle distribution) {
      this(tableId, name, columnIds, distribution, Optional.empty(), List.of());
    }

    /// The name that qualifies its columns in EXPLAIN.
    String shownName() {
      return alias.orElse(name);
    }

    public Stored {
      columnIds = List.copyOf(columnIds);
      sortKey = List.copyOf(sortKey);
    }
  }

  /// A table whose rows the leader makes; columns by their ordinal.
  record System(String schema, String name) implements ScanTarget {}
}

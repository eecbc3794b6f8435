package io.redward.storage.table;

import java.util.Optional;
import java.util.function.IntFunction;

/// Which rows of a table a scan was after.
@FunctionalInterface
public interface ReadScope {
  /// All rows.
  ReadScope TABLE = _ -> true;

  /// Whether rows of a block with these summaries can be among them.
  ///
  /// @param columns a column's summary by its id; empty if the rowset is older than the column
  boolean mayHold(IntFunction<Optional<BlockSummary>> columns);
}

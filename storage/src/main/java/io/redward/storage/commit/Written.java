package io.redward.storage.commit;

import io.redward.storage.rowset.RowsetFile;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.RowsetSnapshot;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The rows that a commit has put in or taken out, as far as reads of others are concerned: blocks
/// of added rowsets, and blocks of which rows were deleted.
///
/// @param sources the rowsets that rows were deleted from
/// @param whole tables of which all rows may have changed
record Written(
    List<RowsetFile> added,
    Map<Changes.RowsetKey, int[]> deletes,
    Map<Changes.RowsetKey, RowsetFile> sources,
    Set<Long> whole) {
  static final Written NOTHING = new Written(List.of(), Map.of(), Map.of(), Set.of());

  /// Whether a row that `reads` was after may have come or gone.
  boolean concerns(ReadSet reads) {
    for (Map.Entry<Long, List<ReadScope>> table : reads.scopes().entrySet()) {
      if (concerns(table.getKey(), table.getValue())) {
        return true;
      }
    }
    return false;
  }

  /// Whether all rows of a table go that the other has added to.
  boolean replacesRowsOf(Written other) {
    return !whole.isEmpty()
        && other.added.stream().anyMatch(rowset -> whole.contains(rowset.reference().tableId()));
  }

  /// A table that both are about, for the message.
  Optional<Long> firstConcerned(ReadSet reads) {
    return reads.scopes().entrySet().stream()
        .filter(table -> concerns(table.getKey(), table.getValue()))
        .map(Map.Entry::getKey)
        .findFirst();
  }

  private boolean concerns(long tableId, List<ReadScope> scopes) {
    if (whole.contains(tableId)) {
      return true;
    }
    for (RowsetFile rowset : added) {
      if (rowset.reference().tableId() == tableId) {
        int rows = rowset.reference().rowCount();
        for (int from = 0; from < rows; from += RowsetSnapshot.BLOCK_ROWS) {
          if (holds(rowset, from / RowsetSnapshot.BLOCK_ROWS, scopes)) {
            return true;
          }
        }
      }
    }
    for (Map.Entry<Changes.RowsetKey, int[]> delete : deletes.entrySet()) {
      if (delete.getKey().tableId() == tableId && deletedFrom(delete, scopes)) {
        return true;
      }
    }
    return false;
  }

  private boolean deletedFrom(Map.Entry<Changes.RowsetKey, int[]> delete, List<ReadScope> scopes) {
    RowsetFile rowset = sources.get(delete.getKey());
    if (rowset == null) {
      return true;
    }
    int last = -1;
    for (int row : delete.getValue()) {
      int block = row / RowsetSnapshot.BLOCK_ROWS;
      if (block != last && holds(rowset, block, scopes)) {
        return true;
      }
      last = block;
    }
    return false;
  }

  private static boolean holds(RowsetFile rowset, int block, List<ReadScope> scopes) {
    for (ReadScope scope : scopes) {
      boolean may =
          scope.mayHold(
              column ->
                  rowset.hasColumn(column)
                      ? Optional.of(rowset.summary(column, block))
                      : Optional.empty());
      if (may) {
        return true;
      }
    }
    return false;
  }
}

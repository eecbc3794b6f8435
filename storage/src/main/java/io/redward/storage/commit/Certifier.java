package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.Map;
import java.util.Optional;

/// Decides whether a transaction that saw one state may change a later one.
///
/// Conflicts are: an entry written or required unchanged that somebody else has written since; a
/// row deleted that somebody else has deleted since, alone or with its table's rows. Appending
/// conflicts with nothing.
final class Certifier {
  private final FoldedRows folds;

  Certifier(FoldedRows folds) {
    this.folds = folds;
  }

  /// The changes as they apply to `current`: rows that were folded meanwhile are found again.
  ///
  /// @throws SqlException 40001 if they conflict
  Changes certify(Changes changes, Superblock base, Superblock current) {
    if (base == current) {
      return changes;
    }
    for (String key : changes.puts().keySet()) {
      checkEntry(key, base, current);
    }
    for (String key : changes.removes()) {
      checkEntry(key, base, current);
    }
    for (String key : changes.requirements()) {
      checkEntry(key, base, current);
    }
    for (Changes.RowsetKey key : changes.replaced()) {
      if (!state(base, key).equals(state(current, key))) {
        throw conflict("table - " + key.tableId());
      }
    }
    return changes.deletes().isEmpty() ? changes : certifyDeletes(changes, current);
  }

  private Changes certifyDeletes(Changes changes, Superblock current) {
    Superblock withOwn = current;
    if (!changes.added().isEmpty()) {
      withOwn = current.apply(changes.withDeletes(Map.of()), current.version() + 1, 0);
    }
    Optional<Map<Changes.RowsetKey, int[]>> moved = folds.translate(changes.deletes(), withOwn);
    if (moved.isEmpty()) {
      throw conflict("table - " + changes.deletes().keySet().iterator().next().tableId());
    }
    for (Map.Entry<Changes.RowsetKey, int[]> delete : moved.get().entrySet()) {
      Changes.RowsetKey key = delete.getKey();
      RowsetState rowset =
          state(withOwn, key).orElseThrow(() -> conflict("table - " + key.tableId()));
      for (int row : delete.getValue()) {
        if (rowset.isDeleted(row)) {
          throw conflict("table - " + key.tableId());
        }
      }
    }
    return changes.withDeletes(moved.get());
  }

  private static void checkEntry(String key, Superblock base, Superblock current) {
    if (!current.sameEntry(base, key)) {
      throw conflict("catalog entry - " + key);
    }
  }

  private static Optional<RowsetState> state(Superblock superblock, Changes.RowsetKey key) {
    return superblock.table(key.tableId()).flatMap(table -> table.rowset(key.rowsetId()));
  }

  private static SqlException conflict(String object) {
    return new SqlException(SqlState.SERIALIZATION_FAILURE, "1023")
        .withDetail(
            "Serializable isolation violation on "
                + object
                + ", changed by a concurrent transaction")
        .withHint("Run the transaction again.");
  }
}

package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Where rows went when their rowsets were folded into others, by this process or another one, so
/// that a transaction which saw them at their old place can still delete them. Used under the
/// committer's lock.
///
/// Folds of a group that is being certified are **staged**: the transactions behind them in the
/// group find their rows by them, but they count for nothing until the group is written.
final class FoldedRows {
  private final Map<Changes.RowsetKey, Fold> folds = new HashMap<>();
  private final Map<Changes.RowsetKey, RowMoves> staged = new HashMap<>();

  /// @param version of the state that the fold made
  private record Fold(RowMoves moves, long version) {}

  private record Rows(Changes.RowsetKey key, int[] rows) {}

  void stage(Changes changes) {
    staged.putAll(changes.moves());
  }

  void dropStaged() {
    staged.clear();
  }

  /// The staged folds have been written.
  ///
  /// @param oldestActiveVersion of the states that open transactions started on
  void keepStaged(long version, long oldestActiveVersion) {
    if (oldestActiveVersion < version) {
      staged.forEach((key, moves) -> folds.put(key, new Fold(moves, version)));
    }
    staged.clear();
    if (!folds.isEmpty()) {
      folds.values().removeIf(fold -> fold.version() <= oldestActiveVersion);
    }
  }

  /// The same deletes at the rows' present places, or empty if one of them has been deleted.
  Optional<Map<Changes.RowsetKey, int[]>> translate(
      Map<Changes.RowsetKey, int[]> deletes, Superblock current) {
    Map<Changes.RowsetKey, int[]> translated = new HashMap<>();
    Deque<Rows> open = new ArrayDeque<>();
    deletes.forEach((key, rows) -> open.add(new Rows(key, rows)));
    while (!open.isEmpty()) {
      Rows next = open.remove();
      RowMoves moves = present(current, next.key) ? null : moves(next.key);
      if (moves == null || !moves.isKnown()) {
        translated.merge(next.key, next.rows, FoldedRows::concatenate);
        continue;
      }
      long[] newRows = moves.newRows();
      long[] moved = new long[next.rows.length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = newRow(newRows, next.rows[i], next.key);
        if (moved[i] < 0) {
          return Optional.empty();
        }
      }
      long tableId = next.key.tableId();
      Changes.byRowset(moved, moved.length)
          .forEach(
              (rowset, rows) -> open.add(new Rows(new Changes.RowsetKey(tableId, rowset), rows)));
    }
    return Optional.of(new LinkedHashMap<>(translated));
  }

  private @Nullable RowMoves moves(Changes.RowsetKey key) {
    RowMoves moves = staged.get(key);
    if (moves == null) {
      Fold fold = folds.get(key);
      moves = fold == null ? null : fold.moves();
    }
    return moves;
  }

  /// What another process says about its fold is not taken for granted.
  private static long newRow(long[] newRows, int row, Changes.RowsetKey key) {
    if (row >= newRows.length) {
      throw new SqlException(
          SqlState.DATA_CORRUPTED,
          "the fold of rowset " + key.rowsetId() + " does not tell where row " + row + " went");
    }
    return newRows[row];
  }

  private static boolean present(Superblock current, Changes.RowsetKey key) {
    return current.table(key.tableId()).flatMap(table -> table.rowset(key.rowsetId())).isPresent();
  }

  private static int[] concatenate(int[] left, int[] right) {
    int[] both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    Arrays.sort(both);
    return both;
  }
}

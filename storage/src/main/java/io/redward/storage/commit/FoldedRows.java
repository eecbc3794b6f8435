package io.redward.storage.commit;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where rows went when their rowsets were folded into others, so that a transaction which saw
/// them at their old place can still delete them. Thread-safe.
public final class FoldedRows {
  private final Map<Changes.RowsetKey, Move> moves = new ConcurrentHashMap<>();

  /// @param newRows by old row: its row id now (rowset and row), or -1 if it was deleted
  /// @param version of the superblock that the fold made; 0 until it is committed
  public record Move(long[] newRows, long version) {
    Move at(long version) {
      return new Move(newRows, version);
    }
  }

  private record Rows(Changes.RowsetKey key, int[] rows) {}

  public void add(Changes.RowsetKey source, Move move) {
    moves.put(source, move);
  }

  /// Forgets folds that no transaction can ask about.
  public void forget(long oldestActiveVersion) {
    moves.values().removeIf(move -> move.version() <= oldestActiveVersion);
  }

  /// The same deletes at the rows' present places, or empty if one of them has been deleted.
  Optional<Map<Changes.RowsetKey, int[]>> translate(
      Map<Changes.RowsetKey, int[]> deletes, Superblock current) {
    Map<Changes.RowsetKey, int[]> translated = new HashMap<>();
    Deque<Rows> open = new ArrayDeque<>();
    deletes.forEach((key, rows) -> open.add(new Rows(key, rows)));
    while (!open.isEmpty()) {
      Rows next = open.remove();
      Move move = present(current, next.key) ? null : moves.get(next.key);
      if (move == null) {
        translated.merge(next.key, next.rows, FoldedRows::concatenate);
        continue;
      }
      long[] moved = new long[next.rows.length];
      for (int i = 0; i < moved.length; i++) {
        moved[i] = move.newRows()[next.rows[i]];
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

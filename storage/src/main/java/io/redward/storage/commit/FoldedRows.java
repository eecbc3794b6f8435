package io.redward.storage.commit;

import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Where rows went when their rowsets were folded into another, so that a transaction which saw
/// them at their old place can still delete them. Thread-safe.
public final class FoldedRows {
  private final Map<Changes.RowsetKey, Move> moves = new ConcurrentHashMap<>();

  /// @param target the rowset that the rows are in now
  /// @param newRows by old row: its row in `target`, or -1 if it was deleted
  /// @param version of the superblock that the fold made; 0 until it is committed
  public record Move(int target, int[] newRows, long version) {
    Move at(long version) {
      return new Move(target, newRows, version);
    }
  }

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
    for (Map.Entry<Changes.RowsetKey, int[]> delete : deletes.entrySet()) {
      Changes.RowsetKey key = delete.getKey();
      int[] rows = delete.getValue();
      Move move;
      while (!present(current, key) && (move = moves.get(key)) != null) {
        int[] moved = new int[rows.length];
        for (int i = 0; i < rows.length; i++) {
          moved[i] = move.newRows()[rows[i]];
          if (moved[i] < 0) {
            return Optional.empty();
          }
        }
        Arrays.sort(moved);
        rows = moved;
        key = new Changes.RowsetKey(key.tableId(), move.target());
      }
      translated.merge(key, rows, FoldedRows::concatenate);
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

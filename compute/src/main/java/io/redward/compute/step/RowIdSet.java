package io.redward.compute.step;

import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ObjIntConsumer;
import org.jspecify.annotations.Nullable;

/// A growing set of rows of a table: a bitmap a rowset, since many rows of few rowsets are what
/// large statements name, mostly in the order in which they are stored.
final class RowIdSet {
  private static final int FIRST_WORDS = 1 << 6;

  private final Map<Integer, Rows> rowsets = new TreeMap<>();

  /// Where the last id was.
  private @Nullable Rows last;

  private static final class Rows {
    private final int rowset;
    private long[] words = new long[FIRST_WORDS];
    private int count;

    Rows(int rowset) {
      this.rowset = rowset;
    }

    boolean add(int row) {
      int word = row >> 6;
      if (word >= words.length) {
        words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
      }
      long old = words[word];
      long changed = old | 1L << row;
      words[word] = changed;
      count += changed == old ? 0 : 1;
      return changed != old;
    }

    /// Adds the ids of selected rows from the `at`th on as long as they are of this rowset; how
    /// many were looked at in all.
    int add(long[] ids, int[] selection, int at, int to) {
      int i = at;
      int added = 0;
      while (i < to && (int) (ids[selection[i]] >>> 32) == rowset) {
        int row = (int) ids[selection[i++]];
        int word = row >> 6;
        if (word >= words.length) {
          words = Arrays.copyOf(words, Math.max(word + 1, 2 * words.length));
        }
        long old = words[word];
        long changed = old | 1L << row;
        words[word] = changed;
        added += changed == old ? 0 : 1;
      }
      count += added;
      return i;
    }

    int[] toArray() {
      int[] rows = new int[count];
      int size = 0;
      for (int i = 0; i < words.length; i++) {
        for (long word = words[i]; word != 0; word &= word - 1) {
          rows[size++] = (i << 6) + Long.numberOfTrailingZeros(word);
        }
      }
      return rows;
    }
  }

  /// False if the id was there already.
  boolean add(long id) {
    return rows(id).add((int) id);
  }

  /// Adds the ids of the first `count` selected rows.
  void addAll(long[] ids, int[] selection, int count) {
    int at = 0;
    while (at < count) {
      at = rows(ids[selection[at]]).add(ids, selection, at, count);
    }
  }

  private Rows rows(long id) {
    int rowset = (int) (id >>> 32);
    Rows rows = last;
    if (rows == null || rows.rowset != rowset) {
      rows = rowsets.computeIfAbsent(rowset, Rows::new);
      last = rows;
    }
    return rows;
  }

  long size() {
    return rowsets.values().stream().mapToLong(rows -> rows.count).sum();
  }

  /// Hands over each rowset's rows, ascending.
  void forEach(ObjIntConsumer<int[]> taker) {
    rowsets.forEach((rowset, rows) -> taker.accept(rows.toArray(), rowset));
  }
}

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
    int rowset = (int) (id >>> 32);
    Rows rows = last;
    if (rows == null || rows.rowset != rowset) {
      rows = rowsets.computeIfAbsent(rowset, Rows::new);
      last = rows;
    }
    return rows.add((int) id);
  }

  long size() {
    return rowsets.values().stream().mapToLong(rows -> rows.count).sum();
  }

  /// Hands over each rowset's rows, ascending.
  void forEach(ObjIntConsumer<int[]> taker) {
    rowsets.forEach((rowset, rows) -> taker.accept(rows.toArray(), rowset));
  }
}

package io.redward.storage.namespace;

import io.redward.foundation.batch.Vector;
import io.redward.storage.block.Bounds;
import io.redward.storage.rowset.RowsetFile;
import io.redward.storage.table.KeyWords;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.ValueBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Divides buffered rows by ranges of the distribution key, so that each rowset holds one range,
/// zone maps tell which, and nodes that have ranges of the key each read blocks of their own.
/// Ranges begin at round numbers, so that those of different rowsets mostly begin alike.
final class Division {
  /// A range has about a block in each rowset that holds as many rows as are sorted at once.
  private static final int RANGES = 8;

  /// Fewer rows are not worth a rowset.
  static final int MIN_ROWS = RowsetSnapshot.BLOCK_ROWS / 2;

  /// Blocks of an undivided rowset overlap more than this.
  private static final int MAX_OVERLAP = 2;

  private static final int MIN_BLOCKS = 4;
  private static final int SAMPLE = 4_096;

  /// How far from where it would be even a range may begin, as a part of a range.
  private static final int SLACK = 16;

  private Division() {}

  /// The rows of each range, in the given order; all in one where there are few, or where they come
  /// nearly in the order of the key.
  static List<SortOrder> of(Vector keys, SortOrder order) {
    int count = order.rows().length;
    int ranges = Math.min(RANGES, Integer.highestOneBit(count / RowsetSnapshot.BLOCK_ROWS));
    if (ranges < 2) {
      return List.of(order);
    }
    long[] words = words(keys, count);
    int[] range = ranges(words, starts(words, ranges));
    int[] sizes = joined(range, count / ranges);
    return sizes.length < 2 || isInOrder(range, order.rows())
        ? List.of(order)
        : parts(range, sizes, order.rows());
  }

  private static long[] words(Vector keys, int count) {
    long[] words = new long[count];
    Arrays.fill(words, Long.MIN_VALUE);
    boolean some = false;
    for (int row = 0; row < count && !some; row++) {
      some = !keys.isNull(row);
    }
    if (some) {
      KeyWords of = KeyWords.of(Bounds.of(keys, count));
      for (int row = 0; row < count; row++) {
        words[row] = keys.isNull(row) ? Long.MIN_VALUE : of.of(keys, row);
      }
    }
    return words;
  }

  /// The least word of each range but the first. A word that fills a range has one of its own.
  private static long[] starts(long[] words, int ranges) {
    int step = Math.max(1, words.length / SAMPLE);
    long[] sample = new long[words.length / step];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = words[i * step];
    }
    Arrays.sort(sample);
    int slack = sample.length / ranges / SLACK;
    long[] starts = new long[2 * ranges];
    int count = 0;
    for (int range = 1; range < ranges; range++) {
      int even = sample.length * range / ranges;
      long low = sample[even - slack];
      long high = sample[Math.min(sample.length - 1, even + slack)];
      long start = KeyWords.roundest(low, high);
      if (count == 0 ? start > sample[0] : start > starts[count - 1]) {
        starts[count++] = start;
      }
      if (low == high && low < Long.MAX_VALUE && (count == 0 || low >= starts[count - 1])) {
        starts[count++] = low + 1;
      }
    }
    return Arrays.copyOf(starts, count);
  }

  private static int[] ranges(long[] words, long[] starts) {
    int[] range = new int[words.length];
    for (int row = 0; row < range.length; row++) {
      int place = Arrays.binarySearch(starts, words[row]);
      range[row] = place < 0 ? -place - 1 : place + 1;
    }
    return range;
  }

  /// Puts small ranges together, and numbers them anew.
  ///
  /// @return the rows of each
  private static int[] joined(int[] range, int even) {
    int[] rows = new int[2 * RANGES + 1];
    for (int each : range) {
      rows[each]++;
    }
    int[] number = new int[rows.length];
    int[] sizes = new int[rows.length];
    int last = 0;
    for (int i = 0; i < rows.length; i++) {
      boolean fits = sizes[last] + rows[i] <= even + even / SLACK;
      if (sizes[last] > 0 && !fits && sizes[last] >= MIN_ROWS && rows[i] > 0) {
        last++;
      }
      number[i] = last;
      sizes[last] += rows[i];
    }
    if (last > 0 && sizes[last] < MIN_ROWS) {
      sizes[last - 1] += sizes[last];
      for (int i = 0; i < number.length; i++) {
        number[i] = Math.min(number[i], last - 1);
      }
      last--;
    }
    for (int row = 0; row < range.length; row++) {
      range[row] = number[range[row]];
    }
    return Arrays.copyOf(sizes, last + 1);
  }

  /// Whether blocks of rows in this order touch few ranges each.
  private static boolean isInOrder(int[] range, int[] order) {
    int touched = 0;
    int blocks = 0;
    for (int from = 0; from < order.length; from += RowsetSnapshot.BLOCK_ROWS) {
      int least = Integer.MAX_VALUE;
      int most = 0;
      int to = Math.min(order.length, from + RowsetSnapshot.BLOCK_ROWS);
      for (int i = from; i < to; i++) {
        least = Math.min(least, range[order[i]]);
        most = Math.max(most, range[order[i]]);
      }
      touched += most - least + 1;
      blocks++;
    }
    return touched <= MAX_OVERLAP * blocks;
  }

  private static List<SortOrder> parts(int[] range, int[] sizes, int[] order) {
    int[][] parts = new int[sizes.length][];
    for (int i = 0; i < parts.length; i++) {
      parts[i] = new int[sizes[i]];
    }
    int[] filled = new int[parts.length];
    for (int row : order) {
      int part = range[row];
      parts[part][filled[part]++] = row;
    }
    List<SortOrder> found = new ArrayList<>();
    for (int[] part : parts) {
      found.add(new SortOrder(part));
    }
    return found;
  }

  /// Whether a rowset's blocks overlap little in the column.
  static boolean isDivided(RowsetFile file, int columnId) {
    int blocks = (file.reference().rowCount() - 1) / RowsetSnapshot.BLOCK_ROWS + 1;
    if (blocks < MIN_BLOCKS || !file.hasColumn(columnId) || file.bounds(columnId).isEmpty()) {
      return true;
    }
    KeyWords words = KeyWords.of(file.bounds(columnId).get());
    int overlaps = 0;
    for (int i = 0; i < blocks; i++) {
      for (int j = 0; j < blocks; j++) {
        Optional<ValueBounds> one = file.summary(columnId, i).bounds();
        Optional<ValueBounds> other = file.summary(columnId, j).bounds();
        boolean apart =
            one.isEmpty()
                || other.isEmpty()
                || words.greatest(one.get()) <= words.least(other.get())
                || words.greatest(other.get()) <= words.least(one.get());
        overlaps += apart ? 0 : 1;
      }
    }
    return overlaps <= (1 + MAX_OVERLAP) * blocks;
  }
}

package io.redward.runtime.join;

import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.runtime.row.Hashes;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.segment.Parallel;
import java.util.Optional;

/// What is known about an integer key of a sealed join table, for scans: bounds, and either one bit
/// a possible value or, where values lie far apart, the tags of the table's buckets.
public final class JoinKeyFilter {
  /// A bitmap pays while it has at most so many bits a row …
  private static final long BITS_PER_ROW = 256;

  /// … and is at most 32 MiB, or fits a second-level cache anyway: it is exact, where the tags of a
  /// small table let one value in forty through.
  private static final long MAX_BITS = 1L << 28;

  private static final long SMALL_BITS = 1L << 21;

  private final KeyRange range;
  private final long[] bits;
  private final JoinTable table;
  private final boolean tagged;

  private JoinKeyFilter(KeyRange range, long[] bits, JoinTable table, boolean tagged) {
    this.range = range;
    this.bits = bits;
    this.table = table;
    this.tagged = tagged;
  }

  static Optional<JoinKeyFilter> of(JoinTable table, int keyIndex) {
    Slot key = table.layout().key(keyIndex);
    boolean integer = key.physical() == Physical.INT || key.physical() == Physical.LONG;
    if (!integer || table.layout().nullSafe().get(keyIndex)) {
      return Optional.empty();
    }
    RowPages pages = table.pages();
    KeyRange range =
        new JoinDirectory(table.layout(), pages, Parallel.SEQUENTIAL).keyRange(keyIndex);
    long wanted = range.max() - range.min() + 1;
    long allowed = Math.min(MAX_BITS, Math.max(SMALL_BITS, BITS_PER_ROW * pages.rowCount()));
    if (range.isEmpty()) {
      return Optional.of(new JoinKeyFilter(range, new long[0], table, false));
    }
    if (wanted > 0 && wanted <= allowed) {
      return Optional.of(new JoinKeyFilter(range, bitmap(pages, key, range), table, false));
    }
    boolean tagged = table.layout().integerKey() && !table.direct;
    return Optional.of(new JoinKeyFilter(range, new long[0], table, tagged));
  }

  private static long[] bitmap(RowPages pages, Slot key, KeyRange range) {
    long[] bits = new long[(int) (range.max() - range.min() >>> 6) + 1];
    for (int number = 0; number < pages.pageCount(); number++) {
      long[] page = pages.pages()[number];
      int end = pages.rowsInPage(number) * pages.rowWords();
      for (int row = 0; row < end; row += pages.rowWords()) {
        if (!key.isNull(page, row)) {
          long bit = page[row + key.word()] - range.min();
          bits[(int) (bit >>> 6)] |= 1L << bit;
        }
      }
    }
    return bits;
  }

  /// The bounds of the keys; empty (`min > max`) if no row can match.
  public KeyRange range() {
    return range;
  }

  /// The share of the values between the bounds that are keys, at the most: what a filter keeps of
  /// values that are spread evenly.
  public double expectedShare() {
    return Math.min(1, table.pages().rowCount() / (range.max() - (double) range.min() + 1));
  }

  /// Keeps those of the selected rows whose value may be a key and returns how many; NULL is none.
  public int keep(Vector vector, int[] selection, int count) {
    int kept = vector.hasNulls ? present(vector.validity, selection, count) : count;
    return switch (vector) {
      case IntVector ints -> keepInts(ints.values, selection, kept);
      case LongVector longs -> keepLongs(longs.values, selection, kept);
      default -> kept;
    };
  }

  private static int present(long[] validity, int[] selection, int count) {
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      selection[kept] = row;
      kept += (int) (validity[row >> 6] >>> row) & 1;
    }
    return kept;
  }

  private int keepInts(int[] values, int[] selection, int count) {
    if (bits.length > 0) {
      return bitInts(values, selection, count, bits, range.min());
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      if (mayContain(values[row])) {
        selection[kept++] = row;
      }
    }
    return kept;
  }

  private int keepLongs(long[] values, int[] selection, int count) {
    if (bits.length > 0) {
      return bitLongs(values, selection, count, bits, range.min());
    }
    int kept = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      if (mayContain(values[row])) {
        selection[kept++] = row;
      }
    }
    return kept;
  }

  private boolean mayContain(long value) {
    if (value < range.min() || value > range.max()) {
      return false;
    }
    if (!tagged) {
      return true;
    }
    long hash = Hashes.mix(value);
    return (table.buckets[(int) (hash >>> 32) & table.mask] >>> 48 + (hash & 15) & 1) != 0;
  }

  private static int bitInts(int[] values, int[] selection, int count, long[] bits, long min) {
    int kept = 0;
    long limit = (long) bits.length << 6;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      long bit = values[row] - min;
      selection[kept] = row;
      if (bit >= 0 && bit < limit) {
        kept += (int) (bits[(int) (bit >>> 6)] >>> bit) & 1;
      }
    }
    return kept;
  }

  private static int bitLongs(long[] values, int[] selection, int count, long[] bits, long min) {
    int kept = 0;
    long limit = (long) bits.length << 6;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      long bit = values[row] - min;
      selection[kept] = row;
      if (Long.compareUnsigned(bit, limit) < 0) {
        kept += (int) (bits[(int) (bit >>> 6)] >>> bit) & 1;
      }
    }
    return kept;
  }
}

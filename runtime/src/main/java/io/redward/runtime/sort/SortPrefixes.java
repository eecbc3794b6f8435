package io.redward.runtime.sort;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.runtime.kernel.BytesOrder;
import java.util.Arrays;
import java.util.List;

/// A 64-bit number a row, ordered as the rows are as far as it reaches. Each key in turn gives the
/// bits that the range of its values needs, until the word is full; a key that does not fit gives
/// its upper bits and ends it.
///
/// @param prefixes by row, signed ascending
/// @param exact whether rows of equal prefix are equal in all keys
record SortPrefixes(long[] prefixes, boolean exact) {
  private static final int STRING_BYTES = 7;

  static SortPrefixes of(List<SortKey> keys, Vector[] columns, int count) {
    long[] prefixes = new long[count];
    long[] codes = new long[count];
    int free = Long.SIZE;
    boolean exact = true;
    for (SortKey key : keys) {
      CancelToken.checkCurrent();
      Vector column = columns[key.field()];
      boolean whole = encode(column, codes, count);
      CancelToken.checkCurrent();
      int bits = normalise(key, column, codes, count);
      int taken = Math.min(bits, free);
      CancelToken.checkCurrent();
      append(prefixes, codes, count, bits, taken);
      free -= taken;
      if (!whole || taken < bits) {
        exact = false;
        break;
      }
    }
    for (int row = 0; row < count; row++) {
      prefixes[row] ^= Long.MIN_VALUE;
    }
    return new SortPrefixes(prefixes, exact);
  }

  private static void append(long[] prefixes, long[] codes, int count, int bits, int taken) {
    if (taken == 0) {
      return;
    }
    int dropped = bits - taken;
    for (int row = 0; row < count; row++) {
      long kept = codes[row] >>> dropped;
      prefixes[row] = taken == Long.SIZE ? kept : prefixes[row] << taken | kept;
    }
  }

  /// Values as numbers of the same signed order; what nulls get is unspecified. False if different
  /// values may get one number.
  private static boolean encode(Vector column, long[] codes, int count) {
    return switch (column) {
      case IntVector ints -> {
        for (int row = 0; row < count; row++) {
          codes[row] = ints.values[row];
        }
        yield true;
      }
      case LongVector longs -> {
        System.arraycopy(longs.values, 0, codes, 0, count);
        yield true;
      }
      case DoubleVector doubles -> {
        for (int row = 0; row < count; row++) {
          long word = Double.doubleToLongBits(doubles.values[row] + 0.0);
          codes[row] = word ^ (word >> 63 & Long.MAX_VALUE);
        }
        yield true;
      }
      case Int128Vector wide -> encodeWide(wide, codes, count);
      case BytesVector bytes -> encodeBytes(bytes, codes, count);
    };
  }

  private static boolean encodeWide(Int128Vector wide, long[] codes, int count) {
    boolean narrow = true;
    for (int row = 0; row < count; row++) {
      narrow &= wide.high[row] == wide.low[row] >> 63 || wide.isNull(row);
    }
    System.arraycopy(narrow ? wide.low : wide.high, 0, codes, 0, count);
    return narrow;
  }

  /// Ranks, which take few bits and are exact, where there are few different strings. Otherwise the
  /// first seven bytes, then the length, which tells short strings apart that differ in trailing
  /// zero bytes only.
  private static boolean encodeBytes(BytesVector bytes, long[] codes, int count) {
    return StringRanks.rank(bytes, count, codes) || encodeStarts(bytes, codes, count);
  }

  private static boolean encodeStarts(BytesVector bytes, long[] codes, int count) {
    boolean whole = true;
    for (int row = 0; row < count; row++) {
      if ((row & PrefixSort.CHECK_MASK) == 0) {
        CancelToken.checkCurrent();
      }
      if (bytes.isNull(row)) {
        continue;
      }
      byte[] page = bytes.page(row);
      int offset = bytes.offset(row);
      int length = BytesOrder.trimmedLength(page, offset, bytes.length(row));
      int taken = Math.min(length, STRING_BYTES);
      long code = 0;
      for (int i = 0; i < taken; i++) {
        code = code << 8 | page[offset + i] & 0xFF;
      }
      code = code << 8 * (STRING_BYTES - taken) << 8 | Math.min(length, STRING_BYTES + 1);
      whole &= length <= STRING_BYTES;
      codes[row] = code ^ Long.MIN_VALUE;
    }
    return whole;
  }

  /// Shifts codes to start at 0, turns them round for descending keys, gives nulls a code of their
  /// own, and returns how many bits the codes take.
  private static int normalise(SortKey key, Vector column, long[] codes, int count) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    for (int row = 0; row < count; row++) {
      if (!column.isNull(row)) {
        min = Math.min(min, codes[row]);
        max = Math.max(max, codes[row]);
      }
    }
    if (min > max) {
      Arrays.fill(codes, 0, count, 0);
      return 0;
    }
    long span = max - min;
    // With a full range there is no number left for nulls: all give up their lowest bit then.
    int dropped = column.hasNulls && span < 0 ? 1 : 0;
    long top = span >>> dropped;
    long shift = column.hasNulls && key.nullsFirst() ? 1 : 0;
    long nullCode = key.nullsFirst() ? 0 : top + 1;
    for (int row = 0; row < count; row++) {
      long code = (key.descending() ? max - codes[row] : codes[row] - min) >>> dropped;
      codes[row] = column.isNull(row) ? nullCode : code + shift;
    }
    return Long.SIZE - Long.numberOfLeadingZeros(column.hasNulls ? top + 1 : top);
  }
}

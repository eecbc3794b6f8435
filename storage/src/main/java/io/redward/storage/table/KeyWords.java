package io.redward.storage.table;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import java.util.Arrays;
import java.util.Optional;

/// Values of a column of any type as numbers whose order never contradicts the values', and that
/// are equal where the values are: integers and dates themselves, decimals as far as 64 bits reach,
/// of strings the eight bytes that follow what all of them begin with.
public final class KeyWords {
  /// Of numbers, and of strings that have nothing in common.
  public static final KeyWords PLAIN = new KeyWords(new byte[0]);

  private final byte[] prefix;

  /// @param prefix what most strings begin with
  public KeyWords(byte[] prefix) {
    this.prefix = prefix.clone();
  }

  /// For values between these bounds.
  public static KeyWords of(ValueBounds bounds) {
    if (!(bounds instanceof ValueBounds.Bytes(byte[] min, byte[] max))) {
      return PLAIN;
    }
    int differ = Arrays.mismatch(min, max);
    return new KeyWords(differ < 0 ? min : Arrays.copyOf(min, differ));
  }

  /// For the values of a table's column.
  ///
  /// @return empty if it has none, or some rows are older than the column
  public static Optional<KeyWords> of(TableSnapshot table, int columnId) {
    Optional<KeyWords> found = Optional.empty();
    for (RowsetSnapshot rowset : table.rowsets()) {
      if (!rowset.hasColumn(columnId)) {
        return Optional.empty();
      }
      for (int block = 0; block < rowset.blockCount(); block++) {
        Optional<ValueBounds> bounds = rowset.summary(columnId, block).bounds();
        if (bounds.isPresent()) {
          KeyWords one = of(bounds.get());
          found = Optional.of(found.map(all -> all.shared(one)).orElse(one));
        }
      }
    }
    return found;
  }

  private KeyWords shared(KeyWords other) {
    int differ = Arrays.mismatch(prefix, other.prefix);
    return differ < 0 ? this : new KeyWords(Arrays.copyOf(prefix, differ));
  }

  public byte[] prefix() {
    return prefix.clone();
  }

  /// The word of a value that is not NULL.
  public long of(Vector values, int row) {
    return switch (values) {
      case IntVector ints -> ints.values[row];
      case LongVector longs -> longs.values[row];
      case DoubleVector doubles -> of(doubles.values[row]);
      case Int128Vector wide -> of(wide.high[row], wide.low[row]);
      case BytesVector strings ->
          of(
              strings.page(row),
              strings.offset(row),
              trimmed(strings.page(row), strings.offset(row), strings.length(row)));
    };
  }

  /// Not more than the word of any value within the bounds.
  public long least(ValueBounds bounds) {
    return switch (bounds) {
      case ValueBounds.Longs(long min, long _) -> min;
      case ValueBounds.Doubles(double min, double _) -> of(min);
      case ValueBounds.Int128s(Int128 min, Int128 _) -> of(min.high(), min.low());
      case ValueBounds.Bytes(byte[] min, byte[] _) -> of(min, 0, min.length);
    };
  }

  /// Not less than the word of any value within the bounds.
  public long greatest(ValueBounds bounds) {
    return switch (bounds) {
      case ValueBounds.Longs(long _, long max) -> max;
      case ValueBounds.Doubles(double _, double max) -> of(max);
      case ValueBounds.Int128s(Int128 _, Int128 max) -> of(max.high(), max.low());
      case ValueBounds.Bytes(byte[] _, byte[] max) -> of(max, 0, max.length);
    };
  }

  /// Of the words above `low`, and up to `high`, the one that has most zeros at its end; `high` if
  /// there are none between.
  public static long roundest(long low, long high) {
    if (low >= high) {
      return high;
    }
    long differ = low ^ high;
    return differ < 0 ? 0 : high & -Long.highestOneBit(differ);
  }

  private static long of(double value) {
    long bits = Double.doubleToLongBits(value == 0 ? 0.0 : value);
    return bits ^ bits >> 63 & Long.MAX_VALUE;
  }

  private static long of(long high, long low) {
    return high == low >> 63 ? low : high >> 63 ^ Long.MAX_VALUE;
  }

  private long of(byte[] page, int offset, int length) {
    int order =
        Arrays.compareUnsigned(
            page, offset, offset + Math.min(length, prefix.length), prefix, 0, prefix.length);
    if (order != 0) {
      return order < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
    long word = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      int at = prefix.length + i;
      word = word << Byte.SIZE | (at < length ? page[offset + at] & 0xFF : 0);
    }
    return word ^ Long.MIN_VALUE;
  }

  private static int trimmed(byte[] page, int offset, int length) {
    int left = length;
    while (left > 0 && page[offset + left - 1] == ' ') {
      left--;
    }
    return left;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof KeyWords that && Arrays.equals(prefix, that.prefix);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(prefix);
  }
}

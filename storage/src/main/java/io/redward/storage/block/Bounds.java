package io.redward.storage.block;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.storage.table.ValueBounds;
import java.util.Arrays;

/// Computes bounds of values and merges them.
public final class Bounds {
  /// String bounds are cut to this.
  static final int PREFIX_BYTES = 16;

  private Bounds() {}

  /// Of the present rows among the first `rowCount`, of which there is one at least.
  public static ValueBounds of(Vector values, int rowCount) {
    return switch (values) {
      case IntVector ints -> ofInts(ints, rowCount);
      case LongVector longs -> ofLongs(longs, rowCount);
      case DoubleVector doubles -> ofDoubles(doubles, rowCount);
      case Int128Vector wide -> ofWide(wide, rowCount);
      case BytesVector bytes -> ofBytes(bytes, rowCount);
    };
  }

  /// Bounds of both; they are of one kind.
  public static ValueBounds merge(ValueBounds left, ValueBounds right) {
    if (left instanceof ValueBounds.Longs a && right instanceof ValueBounds.Longs b) {
      return new ValueBounds.Longs(Math.min(a.min(), b.min()), Math.max(a.max(), b.max()));
    }
    if (left instanceof ValueBounds.Doubles a && right instanceof ValueBounds.Doubles b) {
      return new ValueBounds.Doubles(
          Double.compare(a.min(), b.min()) <= 0 ? a.min() : b.min(),
          Double.compare(a.max(), b.max()) >= 0 ? a.max() : b.max());
    }
    if (left instanceof ValueBounds.Int128s a && right instanceof ValueBounds.Int128s b) {
      return new ValueBounds.Int128s(
          a.min().compareTo(b.min()) <= 0 ? a.min() : b.min(),
          a.max().compareTo(b.max()) >= 0 ? a.max() : b.max());
    }
    if (left instanceof ValueBounds.Bytes a && right instanceof ValueBounds.Bytes b) {
      return new ValueBounds.Bytes(
          Arrays.compareUnsigned(a.min(), b.min()) <= 0 ? a.min() : b.min(),
          Arrays.compareUnsigned(a.max(), b.max()) >= 0 ? a.max() : b.max());
    }
    throw new IllegalArgumentException("bounds of different kinds: " + left + ", " + right);
  }

  /// True if `inner` lies within `outer`; they are of one kind.
  public static boolean covers(ValueBounds outer, ValueBounds inner) {
    if (outer instanceof ValueBounds.Longs a && inner instanceof ValueBounds.Longs b) {
      return a.min() <= b.min() && b.max() <= a.max();
    }
    if (outer instanceof ValueBounds.Doubles a && inner instanceof ValueBounds.Doubles b) {
      return Double.compare(a.min(), b.min()) <= 0 && Double.compare(b.max(), a.max()) <= 0;
    }
    if (outer instanceof ValueBounds.Int128s a && inner instanceof ValueBounds.Int128s b) {
      return a.min().compareTo(b.min()) <= 0 && b.max().compareTo(a.max()) <= 0;
    }
    return outer instanceof ValueBounds.Bytes a
        && inner instanceof ValueBounds.Bytes b
        && Arrays.compareUnsigned(a.min(), b.min()) <= 0
        && Arrays.compareUnsigned(b.max(), a.max()) <= 0;
  }

  private static ValueBounds ofInts(IntVector vector, int rowCount) {
    int min = Integer.MAX_VALUE;
    int max = Integer.MIN_VALUE;
    int[] values = vector.values;
    if (vector.hasNulls) {
      for (int i = 0; i < rowCount; i++) {
        if (!vector.isNull(i)) {
          min = Math.min(min, values[i]);
          max = Math.max(max, values[i]);
        }
      }
    } else {
      for (int i = 0; i < rowCount; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      }
    }
    return new ValueBounds.Longs(min, max);
  }

  private static ValueBounds ofLongs(LongVector vector, int rowCount) {
    long min = Long.MAX_VALUE;
    long max = Long.MIN_VALUE;
    long[] values = vector.values;
    if (vector.hasNulls) {
      for (int i = 0; i < rowCount; i++) {
        if (!vector.isNull(i)) {
          min = Math.min(min, values[i]);
          max = Math.max(max, values[i]);
        }
      }
    } else {
      for (int i = 0; i < rowCount; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      }
    }
    return new ValueBounds.Longs(min, max);
  }

  /// NaN is the largest value, as `Double.compare` has it.
  private static ValueBounds ofDoubles(DoubleVector vector, int rowCount) {
    double min = Double.NaN;
    double max = Double.NEGATIVE_INFINITY;
    for (int i = 0; i < rowCount; i++) {
      if (!vector.isNull(i)) {
        double value = vector.values[i];
        min = Double.compare(value, min) < 0 ? value : min;
        max = Double.compare(value, max) > 0 ? value : max;
      }
    }
    return new ValueBounds.Doubles(min, max);
  }

  private static ValueBounds ofWide(Int128Vector vector, int rowCount) {
    int min = -1;
    int max = -1;
    for (int i = 0; i < rowCount; i++) {
      if (!vector.isNull(i)) {
        min = min < 0 || compare(vector, i, min) < 0 ? i : min;
        max = max < 0 || compare(vector, i, max) > 0 ? i : max;
      }
    }
    return new ValueBounds.Int128s(
        new Int128(vector.high[min], vector.low[min]),
        new Int128(vector.high[max], vector.low[max]));
  }

  private static int compare(Int128Vector vector, int left, int right) {
    int order = Long.compare(vector.high[left], vector.high[right]);
    return order != 0 ? order : Long.compareUnsigned(vector.low[left], vector.low[right]);
  }

  private static ValueBounds ofBytes(BytesVector vector, int rowCount) {
    int min = -1;
    int max = -1;
    long minPrefix = 0;
    long maxPrefix = 0;
    for (int i = 0; i < rowCount; i++) {
      if (!vector.isNull(i)) {
        long prefix = BytesOrder.prefix(vector, i);
        if (min < 0
            || prefix < minPrefix
            || prefix == minPrefix && BytesOrder.compare(vector, i, min) < 0) {
          min = i;
          minPrefix = prefix;
        }
        if (max < 0
            || prefix > maxPrefix
            || prefix == maxPrefix && BytesOrder.compare(vector, i, max) > 0) {
          max = i;
          maxPrefix = prefix;
        }
      }
    }
    return new ValueBounds.Bytes(lower(trimmed(vector, min)), upper(trimmed(vector, max)));
  }

  private static byte[] trimmed(BytesVector vector, int row) {
    int length = BytesOrder.trimmedLength(vector, row);
    return length == 0
        ? new byte[0]
        : Arrays.copyOfRange(vector.page(row), vector.offset(row), vector.offset(row) + length);
  }

  private static byte[] lower(byte[] value) {
    int length = Math.min(value.length, PREFIX_BYTES);
    while (length > 0 && value[length - 1] == ' ') {
      length--;
    }
    return Arrays.copyOf(value, length);
  }

  /// A short string that is not less than `value`: a cut one has its last byte that can be
  /// increased increased. A value that starts with nothing but 0xFF bytes stays whole.
  private static byte[] upper(byte[] value) {
    if (value.length <= PREFIX_BYTES) {
      return value;
    }
    int last = PREFIX_BYTES - 1;
    while (last >= 0 && value[last] == (byte) 0xFF) {
      last--;
    }
    if (last < 0) {
      return value;
    }
    byte[] bound = Arrays.copyOf(value, last + 1);
    bound[last]++;
    return bound;
  }
}

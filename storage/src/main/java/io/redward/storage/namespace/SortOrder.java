package io.redward.storage.namespace;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.BytesOrder;
import io.redward.storage.table.TableShape;
import java.util.Arrays;
import java.util.List;

/// The order in which buffered rows are written: by the sort key, nulls last, equal rows as they
/// came. An interleaved key orders by the bits of its columns' ranks taken in turn, so that each
/// column alone prunes about as well as any other.
///
/// @param rows the buffered row that comes first, second, …
record SortOrder(int[] rows) {
  private static final int MAX_INTERLEAVED = 8;
  private static final int ROWS_BETWEEN_CHECKS = 1 << 16;

  /// As they came.
  static SortOrder ofArrival(int rowCount) {
    int[] rows = new int[rowCount];
    Arrays.setAll(rows, row -> row);
    return new SortOrder(rows);
  }

  static SortOrder of(TableShape shape, Vector[] vectors, int rowCount) {
    Vector[] keys = new Vector[shape.sortKey().size()];
    for (int i = 0; i < keys.length; i++) {
      keys[i] = vectors[position(shape, shape.sortKey().get(i))];
    }
    if (shape.interleaved() && keys.length > 1) {
      int used = interleavedColumns(shape).size();
      return new SortOrder(sorted(interleaved(Arrays.copyOf(keys, used), rowCount), keys));
    }
    return new SortOrder(sorted(prefixes(keys[0], rowCount), keys));
  }

  /// The columns of an interleaved key that rows are ordered by.
  static List<Integer> interleavedColumns(TableShape shape) {
    return shape.sortKey().subList(0, Math.min(shape.sortKey().size(), MAX_INTERLEAVED));
  }

  static int position(TableShape shape, int columnId) {
    for (int i = 0; i < shape.columns().size(); i++) {
      if (shape.columns().get(i).id() == columnId) {
        return i;
      }
    }
    throw new IllegalArgumentException("sort key column " + columnId + " is not in the table");
  }

  /// Rows by `prefixes`, then by `keys`; a stable merge sort from the bottom up.
  private static int[] sorted(long[] prefixes, Vector[] keys) {
    int count = prefixes.length;
    int[] from = new int[count];
    boolean ordered = true;
    for (int i = 0; i < count; i++) {
      from[i] = i;
      ordered &= i == 0 || compare(i - 1, i, prefixes, keys) <= 0;
    }
    if (ordered) {
      return from;
    }
    int[] to = new int[count];
    for (int width = 1; width < count; width *= 2) {
      for (int low = 0; low < count; low += 2 * width) {
        merge(from, to, low, width, prefixes, keys);
      }
      int[] swap = from;
      from = to;
      to = swap;
    }
    return from;
  }

  private static void merge(
      int[] from, int[] to, int low, int width, long[] prefixes, Vector[] keys) {
    int middle = Math.min(low + width, from.length);
    int high = Math.min(low + 2 * width, from.length);
    if (middle >= high || compare(from[middle - 1], from[middle], prefixes, keys) <= 0) {
      System.arraycopy(from, low, to, low, high - low);
      return;
    }
    int left = low;
    int right = middle;
    for (int i = low; i < high; i++) {
      if ((i & ROWS_BETWEEN_CHECKS - 1) == 0) {
        CancelToken.checkCurrent();
      }
      boolean takeLeft =
          right == high || left < middle && compare(from[left], from[right], prefixes, keys) <= 0;
      to[i] = takeLeft ? from[left++] : from[right++];
    }
  }

  private static int compare(int left, int right, long[] prefixes, Vector[] keys) {
    long a = prefixes[left];
    long b = prefixes[right];
    if (a != b) {
      return a < b ? -1 : 1;
    }
    for (Vector key : keys) {
      int order = compare(key, left, right);
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }

  private static int compare(Vector key, int left, int right) {
    if (key.hasNulls) {
      boolean leftNull = key.isNull(left);
      boolean rightNull = key.isNull(right);
      if (leftNull || rightNull) {
        return Boolean.compare(leftNull, rightNull);
      }
    }
    return switch (key) {
      case IntVector ints -> Integer.compare(ints.values[left], ints.values[right]);
      case LongVector longs -> Long.compare(longs.values[left], longs.values[right]);
      case DoubleVector doubles -> Double.compare(doubles.values[left], doubles.values[right]);
      case Int128Vector wide ->
          wide.high[left] != wide.high[right]
              ? Long.compare(wide.high[left], wide.high[right])
              : Long.compareUnsigned(wide.low[left], wide.low[right]);
      case BytesVector bytes -> BytesOrder.compare(bytes, left, right);
    };
  }

  /// Numbers whose order never contradicts the rows' order by `key`; nulls have the largest.
  static long[] prefixes(Vector key, int rowCount) {
    long[] prefixes = new long[rowCount];
    switch (key) {
      case IntVector ints -> {
        for (int i = 0; i < rowCount; i++) {
          prefixes[i] = ints.values[i];
        }
      }
      case LongVector longs -> System.arraycopy(longs.values, 0, prefixes, 0, rowCount);
      case DoubleVector doubles -> {
        for (int i = 0; i < rowCount; i++) {
          long bits = Double.doubleToLongBits(doubles.values[i]);
          prefixes[i] = bits ^ bits >> 63 & Long.MAX_VALUE;
        }
      }
      case Int128Vector wide -> {
        for (int i = 0; i < rowCount; i++) {
          boolean fits = wide.high[i] == wide.low[i] >> 63;
          prefixes[i] = fits ? wide.low[i] : wide.high[i] >> 63 ^ Long.MAX_VALUE;
        }
      }
      case BytesVector bytes -> {
        for (int i = 0; i < rowCount; i++) {
          prefixes[i] = bytes.isNull(i) ? 0 : BytesOrder.prefix(bytes, i);
        }
      }
    }
    if (key.hasNulls) {
      for (int i = 0; i < rowCount; i++) {
        if (key.isNull(i)) {
          prefixes[i] = Long.MAX_VALUE;
        }
      }
    }
    return prefixes;
  }

  /// The bits of the columns' ranks, the most significant of each first.
  private static long[] interleaved(Vector[] keys, int rowCount) {
    int bits = 63 / keys.length;
    long[] order = new long[rowCount];
    for (int column = 0; column < keys.length; column++) {
      int[] byColumn = sorted(prefixes(keys[column], rowCount), new Vector[] {keys[column]});
      long rank = 0;
      for (int i = 0; i < rowCount; i++) {
        if (i > 0 && compare(keys[column], byColumn[i - 1], byColumn[i]) != 0) {
          rank = i;
        }
        long scaled = (long) (rank * (double) (1L << Math.min(bits, 31)) / rowCount);
        order[byColumn[i]] |= spread(scaled, Math.min(bits, 31), keys.length, column);
      }
    }
    return order;
  }

  static long spread(long value, int bits, int columns, int column) {
    long spread = 0;
    for (int bit = 0; bit < bits; bit++) {
      spread |= (value >>> bit & 1) << bit * columns + columns - 1 - column;
    }
    return spread;
  }
}

package io.redward.storage.block.encoding;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.MalformedBytesException;
import java.util.Arrays;

/// The few values of a packed block that its width does not hold: ascending rows and the values as
/// they stand after unpacking. Patched in after a range has been unpacked.
///
/// Bytes: `int` count, `int` rows, `long` values.
record Exceptions(int[] rows, long[] values) {
  static final Exceptions NONE = new Exceptions(new int[0], new long[0]);
  static final int BYTES_EACH = 12;

  void write(ByteWriter out) {
    out.writeInt(rows.length);
    out.writeInts(rows, rows.length);
    out.writeLongs(values, values.length);
  }

  static Exceptions read(ByteReader in, int rowCount) {
    int count = in.readCount(BYTES_EACH);
    if (count == 0) {
      return NONE;
    }
    int[] rows = in.readInts(count);
    for (int i = 0; i < count; i++) {
      if (rows[i] < 0 || rows[i] >= rowCount || i > 0 && rows[i] <= rows[i - 1]) {
        throw new MalformedBytesException("an exception's row is out of order");
      }
    }
    return new Exceptions(rows, in.readLongs(count));
  }

  /// Whether any of rows `[from, from + count)` is one.
  boolean anyIn(int from, int count) {
    int next = first(from);
    return next < rows.length && rows[next] < from + count;
  }

  /// By how much differences that are exceptions let values of rows `[from, from + count)` rise at
  /// the most; the largest long if one of them is negative or the sum is too large.
  long rise(int from, int count) {
    long sum = 0;
    for (int i = first(from); i < rows.length && rows[i] < from + count; i++) {
      if (values[i] < 0 || sum > Long.MAX_VALUE - values[i]) {
        return Long.MAX_VALUE;
      }
      sum += values[i];
    }
    return sum;
  }

  boolean isEmpty() {
    return rows.length == 0;
  }

  long heldBytes() {
    return (long) rows.length * BYTES_EACH;
  }

  void patch(int from, int count, int[] out, int to) {
    for (int i = first(from); i < rows.length && rows[i] < from + count; i++) {
      out[to + rows[i] - from] = (int) values[i];
    }
  }

  void patch(int from, int count, long[] out, int to) {
    for (int i = first(from); i < rows.length && rows[i] < from + count; i++) {
      out[to + rows[i] - from] = values[i];
    }
  }

  void patch(int from, int count, double[] out, int to) {
    for (int i = first(from); i < rows.length && rows[i] < from + count; i++) {
      out[to + rows[i] - from] = Double.longBitsToDouble(values[i]);
    }
  }

  private int first(int row) {
    int found = Arrays.binarySearch(rows, row);
    return found >= 0 ? found : -found - 1;
  }
}

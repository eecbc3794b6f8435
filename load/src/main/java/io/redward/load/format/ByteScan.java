package io.redward.load.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds a byte, eight bytes at a time.
final class ByteScan {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private ByteScan() {}

  /// Where `wanted` first stands in `[from, end)`, or `end`.
  static int find(byte[] bytes, int from, int end, byte wanted) {
    long pattern = (wanted & 0xFFL) * ONES;
    int at = from;
    for (; at + Long.BYTES <= end; at += Long.BYTES) {
      // A byte that equals the wanted one becomes zero; the lowest zero is found exactly.
      long differences = (long) LONGS.get(bytes, at) ^ pattern;
      long zeros = differences - ONES & ~differences & HIGHS;
      if (zeros != 0) {
        return at + (Long.numberOfTrailingZeros(zeros) >>> 3);
      }
    }
    while (at < end && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}

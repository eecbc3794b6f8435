package io.redward.load.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// Finds a byte, and reads digits, eight bytes at a time.
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

  /// Which of the eight bytes from `from` on are the wanted one: the highest bit of each such byte,
  /// the first byte lowest. Bytes from `end` on are none.
  static long hits(byte[] bytes, int from, int end, byte wanted) {
    long word = 0;
    if (from + Long.BYTES <= bytes.length) {
      word = (long) LONGS.get(bytes, from);
    } else {
      for (int i = 0; from + i < end; i++) {
        word |= (bytes[from + i] & 0xFFL) << 8 * i;
      }
    }
    long differences = word ^ (wanted & 0xFFL) * ONES;
    // The sum stays within its byte, so that no byte is taken for a hit because of one below it.
    long zeros = ~((differences & ~HIGHS) + ~HIGHS | differences | ~HIGHS);
    int left = end - from;
    return left >= Long.BYTES ? zeros : zeros & (1L << 8 * left) - 1;
  }

  /// The number that up to eight digits make, or -1 if one of them is none.
  static long digits(byte[] bytes, int from, int count) {
    if (count > Long.BYTES || count <= 0 || from + Long.BYTES > bytes.length) {
      return -1;
    }
    long word = (long) LONGS.get(bytes, from);
    // The digits to the high bytes, zeros below, which count as leading ones.
    int shift = 8 * (Long.BYTES - count);
    long digits = (word ^ 0x3030_3030_3030_3030L) << shift;
    if (((digits + 0x0606_0606_0606_0606L | digits) & 0xF0F0_F0F0_F0F0_F0F0L) != 0) {
      return -1;
    }
    long pairs = digits * 10 + (digits >>> 8);
    long low = (pairs & 0x0000_00FF_0000_00FFL) * (100 + (1_000_000L << 32));
    long high = (pairs >>> 16 & 0x0000_00FF_0000_00FFL) * (1 + (10_000L << 32));
    return low + high >>> 32;
  }
}

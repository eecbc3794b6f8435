package io.redward.load.format;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/// UTF-8 checks on bytes that are almost always ASCII.
public final class Utf8 {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());
  private static final long HIGH_BITS = 0x8080_8080_8080_8080L;

  private Utf8() {}

  /// Whether no byte has its high bit set.
  public static boolean isAscii(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    for (; at + 8 <= end; at += 8) {
      if (((long) LONGS.get(bytes, at) & HIGH_BITS) != 0) {
        return false;
      }
    }
    for (; at < end; at++) {
      if (bytes[at] < 0) {
        return false;
      }
    }
    return true;
  }

  /// The offset of the first byte that is not part of a valid character, or -1.
  public static int firstInvalid(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int size = sequenceLength(bytes, at, end);
      if (size == 0) {
        return at;
      }
      at += size;
    }
    return -1;
  }

  /// Bytes of the valid character at `at`, or 0.
  private static int sequenceLength(byte[] bytes, int at, int end) {
    int first = bytes[at] & 0xFF;
    if (first < 0x80) {
      return 1;
    }
    int size = first >= 0xF0 ? 4 : first >= 0xE0 ? 3 : 2;
    if (first < 0xC2 || first > 0xF4 || at + size > end) {
      return 0;
    }
    for (int i = 1; i < size; i++) {
      if ((bytes[at + i] & 0xC0) != 0x80) {
        return 0;
      }
    }
    int second = bytes[at + 1] & 0xFF;
    boolean overlongOrSurrogate =
        first == 0xE0 && second < 0xA0
            || first == 0xED && second >= 0xA0
            || first == 0xF0 && second < 0x90
            || first == 0xF4 && second >= 0x90;
    return overlongOrSurrogate ? 0 : size;
  }

  /// The longest length up to `limit` that ends at a character boundary.
  public static int boundary(byte[] bytes, int offset, int limit) {
    int length = limit;
    while (length > 0 && (bytes[offset + length] & 0xC0) == 0x80) {
      length--;
    }
    return length;
  }
}

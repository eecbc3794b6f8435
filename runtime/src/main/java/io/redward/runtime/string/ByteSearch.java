package io.redward.runtime.string;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Finds a byte string within another: looks for its rarest byte eight bytes at a time, then
/// compares.
final class ByteSearch {
  /// Bytes of English text, the most frequent first; what is not here is rarer still.
  private static final String FREQUENT = " etaoinsrhldcumfpgwybv,.kTSIAMCPBRDEL-0123456789xjqz";

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final long ONES = 0x0101_0101_0101_0101L;
  private static final long HIGHS = 0x8080_8080_8080_8080L;

  private final byte[] needle;
  private final int rareAt;
  private final byte rare;
  private final long rareWord;

  ByteSearch(byte[] needle) {
    this.needle = needle;
    int best = 0;
    for (int i = 1; i < needle.length; i++) {
      if (rank(needle[i]) > rank(needle[best])) {
        best = i;
      }
    }
    rareAt = best;
    rare = needle.length == 0 ? 0 : needle[best];
    rareWord = (rare & 0xFFL) * ONES;
  }

  private static int rank(byte value) {
    int place = FREQUENT.indexOf((char) (value & 0xFF));
    return place < 0 ? FREQUENT.length() : place;
  }

  int length() {
    return needle.length;
  }

  /// Whether the needle is at `at`, all of whose bytes exist.
  boolean isAt(byte[] page, int at) {
    return Arrays.equals(page, at, at + needle.length, needle, 0, needle.length);
  }

  /// Where the needle begins first at or after `from`, ending by `to`; -1 if nowhere.
  int find(byte[] page, int from, int to) {
    if (needle.length == 0) {
      return from;
    }
    int at = from + rareAt;
    int last = to - needle.length + rareAt;
    while (at + 7 <= last) {
      long word = (long) LONGS.get(page, at) ^ rareWord;
      long hits = word - ONES & ~word & HIGHS;
      while (hits != 0) {
        int start = at + (Long.numberOfTrailingZeros(hits) >>> 3) - rareAt;
        if (isAt(page, start)) {
          return start;
        }
        hits &= hits - 1;
      }
      at += 8;
    }
    for (; at <= last; at++) {
      if (page[at] == rare && isAt(page, at - rareAt)) {
        return at - rareAt;
      }
    }
    return -1;
  }
}

package io.redward.runtime.kernel;

import java.util.Arrays;

/// An immutable set of integers for IN lists: a bitmap from the smallest member on where the
/// members lie close together, else an open-addressing table with linear probing, at most half
/// full, whose free slots hold a value that is no member. Never empty.
public final class LongSet {
  private static final long MAX_BITMAP_SPAN = 1 << 16;

  private final long min;
  private final long max;
  private final long[] bitmap;
  private final long[] table;
  private final long free;

  private LongSet(long min, long max, long[] bitmap, long[] table, long free) {
    this.min = min;
    this.max = max;
    this.bitmap = bitmap;
    this.table = table;
    this.free = free;
  }

  public static LongSet of(long[] members) {
    long[] sorted = Arrays.stream(members).sorted().distinct().toArray();
    long min = sorted[0];
    long max = sorted[sorted.length - 1];
    long span = max - min;
    if (span >= 0 && span < MAX_BITMAP_SPAN) {
      long[] bitmap = new long[(int) (span >> 6) + 1];
      for (long member : sorted) {
        int bit = (int) (member - min);
        bitmap[bit >> 6] |= 1L << bit;
      }
      return new LongSet(min, max, bitmap, new long[0], 0);
    }
    long free = min;
    while (Arrays.binarySearch(sorted, free) >= 0) {
      free++;
    }
    int slots = Integer.highestOneBit(sorted.length) * 4;
    long[] table = new long[slots];
    Arrays.fill(table, free);
    for (long member : sorted) {
      int slot = slot(member, slots - 1);
      while (table[slot] != free) {
        slot = slot + 1 & slots - 1;
      }
      table[slot] = member;
    }
    return new LongSet(min, max, new long[0], table, free);
  }

  public long min() {
    return min;
  }

  public long max() {
    return max;
  }

  public boolean contains(long value) {
    if (value < min || value > max) {
      return false;
    }
    if (isBitmap()) {
      int bit = (int) (value - min);
      return (bitmap[bit >> 6] >>> bit & 1) != 0;
    }
    return contains(table, free, value);
  }

  boolean isBitmap() {
    return bitmap.length > 0;
  }

  long[] bitmap() {
    return bitmap;
  }

  long[] table() {
    return table;
  }

  long free() {
    return free;
  }

  static boolean contains(long[] table, long free, long value) {
    int mask = table.length - 1;
    int slot = slot(value, mask);
    long held = table[slot];
    while (held != free) {
      if (held == value) {
        return true;
      }
      slot = slot + 1 & mask;
      held = table[slot];
    }
    return false;
  }

  private static int slot(long value, int mask) {
    return (int) (value * 0x9E37_79B9_7F4A_7C15L >>> 32) & mask;
  }
}

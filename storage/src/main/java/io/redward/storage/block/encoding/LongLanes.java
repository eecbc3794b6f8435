package io.redward.storage.block.encoding;

import java.util.Arrays;

/// The kernels of packed 8-byte values: 32 rows of lanes in 4-byte words (see the package's page).
/// Values wider than 32 bits are two planes: their low 32 bits, then the rest packed by itself.
final class LongLanes {
  static final int ROWS = 32;

  private LongLanes() {}

  /// log2 of the lanes of a block of `rowCount` values.
  static int laneShift(int rowCount) {
    int lanes = Math.max(1, (rowCount + ROWS - 1) / ROWS);
    return 32 - Integer.numberOfLeadingZeros(lanes - 1);
  }

  /// Words of a plane of at most 32 bits.
  static int wordCount(int rowCount, int width) {
    int shift = laneShift(rowCount);
    int rows = (rowCount + (1 << shift) - 1) >> shift;
    return ((rows * width + 31) >>> 5) << shift;
  }

  /// Packs bits `[firstBit, firstBit + width)` of each value; `width` is at most 32.
  static int[] pack(long[] values, int rowCount, int firstBit, int width) {
    int shift = laneShift(rowCount);
    int lanes = 1 << shift;
    int mask = width == 32 ? -1 : (1 << width) - 1;
    int[] words = new int[wordCount(rowCount, width)];
    for (int from = 0, row = 0; from < rowCount && width > 0; from += lanes, row++) {
      int count = Math.min(lanes, rowCount - from);
      int bit = row * width;
      int at = (bit >>> 5) << shift;
      int offset = bit & 31;
      for (int i = 0; i < count; i++) {
        words[at + i] |= ((int) (values[from + i] >>> firstBit) & mask) << offset;
      }
      if (offset + width > 32) {
        for (int i = 0; i < count; i++) {
          words[at + lanes + i] |= ((int) (values[from + i] >>> firstBit) & mask) >>> 32 - offset;
        }
      }
    }
    return words;
  }

  /// `base + scale * packed` of `count` values of row `row` from `lane`, to `out` from `to`.
  static void unpack(
      int[] words,
      int shift,
      int width,
      int row,
      int lane,
      long base,
      long scale,
      long[] out,
      int to,
      int count) {
    if (width == 0) {
      Arrays.fill(out, to, to + count, base);
      return;
    }
    int bit = row * width;
    int at = ((bit >>> 5) << shift) + lane;
    int offset = bit & 31;
    int mask = width == 32 ? -1 : (1 << width) - 1;
    if (offset + width <= 32) {
      within(words, at, offset, mask, base, scale, out, to, count);
    } else {
      across(words, at, at + (1 << shift), offset, mask, base, scale, out, to, count);
    }
  }

  /// Adds `scale * (packed << 32)` to values whose low plane has been unpacked.
  static void addHigh(
      int[] words,
      int shift,
      int width,
      int row,
      int lane,
      long scale,
      long[] out,
      int to,
      int count) {
    int bit = row * width;
    int at = ((bit >>> 5) << shift) + lane;
    int offset = bit & 31;
    int mask = width == 32 ? -1 : (1 << width) - 1;
    long factor = scale << 32;
    if (offset + width <= 32) {
      for (int i = 0; i < count; i++) {
        out[to + i] += factor * ((words[at + i] >>> offset & mask) & 0xFFFF_FFFFL);
      }
    } else {
      int next = at + (1 << shift);
      int left = 32 - offset;
      for (int i = 0; i < count; i++) {
        out[to + i] +=
            factor * (((words[at + i] >>> offset | words[next + i] << left) & mask) & 0xFFFF_FFFFL);
      }
    }
  }

  /// The packed value of one row of a plane, unsigned.
  static long get(int[] words, int shift, int width, int index) {
    int bit = (index >> shift) * width;
    int at = ((bit >>> 5) << shift) + (index & (1 << shift) - 1);
    int offset = bit & 31;
    long value = (words[at] & 0xFFFF_FFFFL) >>> offset;
    if (offset + width > 32) {
      value |= (words[at + (1 << shift)] & 0xFFFF_FFFFL) << 32 - offset;
    }
    return value & (1L << width) - 1;
  }

  private static void within(
      int[] words,
      int at,
      int offset,
      int mask,
      long base,
      long scale,
      long[] out,
      int to,
      int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = base + scale * ((words[at + i] >>> offset & mask) & 0xFFFF_FFFFL);
    }
  }

  private static void across(
      int[] words,
      int at,
      int next,
      int offset,
      int mask,
      long base,
      long scale,
      long[] out,
      int to,
      int count) {
    int left = 32 - offset;
    for (int i = 0; i < count; i++) {
      out[to + i] =
          base
              + scale
                  * (((words[at + i] >>> offset | words[next + i] << left) & mask) & 0xFFFF_FFFFL);
    }
  }
}

package io.redward.storage.block.encoding;

import java.util.Arrays;

/// The kernels of packed 4-byte values: 64 rows of lanes in 8-byte words (see the package's page).
/// All loops run over neighbouring words with loop-invariant shifts, so that they vectorise.
final class IntLanes {
  static final int ROWS = 64;

  private IntLanes() {}

  /// log2 of the lanes of a block of `rowCount` values.
  static int laneShift(int rowCount) {
    int lanes = Math.max(1, (rowCount + ROWS - 1) / ROWS);
    return 32 - Integer.numberOfLeadingZeros(lanes - 1);
  }

  static int wordCount(int rowCount, int width) {
    int shift = laneShift(rowCount);
    int rows = (rowCount + (1 << shift) - 1) >> shift;
    return ((rows * width + 63) >>> 6) << shift;
  }

  /// Packs the low `width` bits of each value.
  static long[] pack(long[] values, int rowCount, int width) {
    int shift = laneShift(rowCount);
    int lanes = 1 << shift;
    long mask = width == 64 ? -1L : (1L << width) - 1;
    long[] words = new long[wordCount(rowCount, width)];
    for (int from = 0, row = 0; from < rowCount && width > 0; from += lanes, row++) {
      int count = Math.min(lanes, rowCount - from);
      int bit = row * width;
      int at = (bit >>> 6) << shift;
      int offset = bit & 63;
      for (int i = 0; i < count; i++) {
        words[at + i] |= (values[from + i] & mask) << offset;
      }
      if (offset + width > 64) {
        for (int i = 0; i < count; i++) {
          words[at + lanes + i] |= (values[from + i] & mask) >>> (64 - offset);
        }
      }
    }
    return words;
  }

  /// `base + scale * packed` of `count` values of row `row` from `lane`, to `out` from `to`.
  static void unpack(
      long[] words,
      int shift,
      int width,
      int row,
      int lane,
      int base,
      int scale,
      int[] out,
      int to,
      int count) {
    if (width == 0) {
      Arrays.fill(out, to, to + count, base);
      return;
    }
    int bit = row * width;
    int at = ((bit >>> 6) << shift) + lane;
    int offset = bit & 63;
    int mask = width == 32 ? -1 : (1 << width) - 1;
    if (offset + width <= 64) {
      within(words, at, offset, mask, base, scale, out, to, count);
    } else {
      across(words, at, at + (1 << shift), offset, mask, base, scale, out, to, count);
    }
  }

  /// The raw packed value of one row.
  static int get(long[] words, int shift, int width, int index) {
    int bit = (index >> shift) * width;
    int at = ((bit >>> 6) << shift) + (index & (1 << shift) - 1);
    int offset = bit & 63;
    long value = words[at] >>> offset;
    if (offset + width > 64) {
      value |= words[at + (1 << shift)] << (64 - offset);
    }
    return (int) (value & (1L << width) - 1);
  }

  private static void within(
      long[] words,
      int at,
      int offset,
      int mask,
      int base,
      int scale,
      int[] out,
      int to,
      int count) {
    for (int i = 0; i < count; i++) {
      out[to + i] = base + scale * ((int) (words[at + i] >>> offset) & mask);
    }
  }

  private static void across(
      long[] words,
      int at,
      int next,
      int offset,
      int mask,
      int base,
      int scale,
      int[] out,
      int to,
      int count) {
    int left = 64 - offset;
    for (int i = 0; i < count; i++) {
      out[to + i] =
          base + scale * ((int) (words[at + i] >>> offset | words[next + i] << left) & mask);
    }
  }
}

package io.redward.storage.block.encoding;

import io.redward.storage.table.RowSpan;

/// Carries a range of values over to the packed bits of a frame: `base + scale * packed` lies in
/// `[low, high]` just if `packed` lies in `[first, last]`, all packed numbers unsigned.
final class PackedRange {
  private PackedRange() {}

  /// The least packed number whose value is not below `low`.
  static long first(long low, long base, long scale) {
    if (low <= base) {
      return 0;
    }
    long distance = low - base;
    return scale == 1 ? distance : Long.divideUnsigned(distance - 1, scale) + 1;
  }

  /// The largest packed number whose value is not above `high`, which is not below `base`.
  static long last(long high, long base, long scale) {
    long distance = high - base;
    return scale == 1 ? distance : Long.divideUnsigned(distance, scale);
  }

  /// No value of a frame of packed numbers of `width` bits is greater.
  static long greatest(long base, long scale, int width) {
    return atMost(base, scale, (1L << width) - 1);
  }

  /// No value of a frame that starts at `base` and rises `steps` times by `minDelta` and a packed
  /// number of `width` bits is greater; the largest long if it may be beyond that.
  static long risen(long base, long minDelta, int width, int steps) {
    long delta = atMost(minDelta, 1, (1L << width) - 1);
    return atMost(base, delta, steps);
  }

  /// The same where some differences are exceptions that add up to `rise`, which is the largest
  /// long if nobody knows.
  static long risen(long base, long minDelta, int width, int steps, long rise) {
    long greatest = risen(base, minDelta, width, steps);
    boolean tooFar = rise == Long.MAX_VALUE || greatest > 0 && greatest > Long.MAX_VALUE - rise;
    return tooFar ? Long.MAX_VALUE : greatest + rise;
  }

  /// `base + factor * count`, or the largest long if that is too small.
  private static long atMost(long base, long factor, long count) {
    long distance = factor * count;
    boolean tooFar = Math.multiplyHigh(factor, count) != 0 || distance < 0;
    return tooFar || base > Long.MAX_VALUE - distance ? Long.MAX_VALUE : base + distance;
  }

  /// Adds rows `[at, at + count)` to those selected; returns how many are selected then.
  static int all(int at, int count, int[] selection, int selected) {
    for (int i = 0; i < count; i++) {
      selection[selected + i] = at + i;
    }
    return selected + count;
  }

  /// The span of the packed rows `[first, last]`, none if there are none, as rows of the block.
  static RowSpan span(int first, int last, int shift, RowSpan all) {
    return first < 0
        ? new RowSpan(0, 0)
        : new RowSpan(first << shift, Math.min(all.to(), last + 1 << shift));
  }
}

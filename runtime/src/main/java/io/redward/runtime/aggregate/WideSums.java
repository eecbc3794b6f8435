package io.redward.runtime.aggregate;

import io.redward.runtime.number.NumberErrors;

/// Sums of 128 bits in a form that is cheap to add to: `high * 2^64 + low` with `low` signed.
/// Adding
/// a `long` touches the high word only when the low one overflows, which hardly ever happens.
public final class WideSums {
  private WideSums() {}

  /// What the high word gains when adding `addend` has overflown the low one.
  public static long carry(long addend) {
    return addend < 0 ? -1 : 1;
  }

  /// What a 128-bit value adds to the high word when its low word is added as a signed one.
  public static long rest(long high, long low) {
    return high + (low >>> 63);
  }

  public static long addHigh(long left, long right) {
    long high = left + right;
    if (((left ^ high) & (right ^ high)) < 0) {
      throw NumberErrors.decimalOverflow();
    }
    return high;
  }

  /// Adds the sum at `from` of `source` to that at `to` of `target`.
  static void merge(long[] target, int to, long[] source, int from) {
    long before = target[to + 1];
    long low = source[from + 1];
    long sum = before + low;
    target[to + 1] = sum;
    target[to] = addHigh(target[to], source[from]);
    if (((before ^ sum) & (low ^ sum)) < 0) {
      target[to] += carry(low);
    }
  }

  /// Turns the sum into a plain 128-bit value.
  static void finish(long[] page, int word) {
    page[word] += page[word + 1] >> 63;
  }
}

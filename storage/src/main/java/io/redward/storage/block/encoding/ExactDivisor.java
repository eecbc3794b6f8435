package io.redward.storage.block.encoding;

/// A number that others are divided by when it is known that nothing remains, or to find out
/// whether: a multiplication with the inverse of its odd part, modulo 2^64, and a rotation, a tenth
/// of the time of a division.
///
/// Source: H. Warren, "Hacker's Delight" (2012), chapter 10, exact division.
final class ExactDivisor {
  private static final int SAMPLE = 64;

  private final int zeros;
  private final long inverse;
  private final long largest;

  /// @param divisor positive
  ExactDivisor(long divisor) {
    zeros = Long.numberOfTrailingZeros(divisor);
    long odd = divisor >>> zeros;
    long found = odd;
    // Right for three bits; each step doubles them.
    for (int bits = 3; bits < Long.SIZE; bits *= 2) {
      found *= 2 - odd * found;
    }
    inverse = found;
    largest = Long.divideUnsigned(-1, divisor);
  }

  /// The greatest common divisor of all values' distances to the bases of their rows of lanes, none
  /// of them negative; 1 if all are zero.
  ///
  /// @param shift log2 of the lanes
  static long common(long[] values, int rowCount, long[] bases, int shift) {
    long divisor = 0;
    int step = Math.max(1, rowCount / SAMPLE);
    for (int i = 0; i < rowCount && divisor != 1; i += step) {
      divisor = greatestCommonDivisor(divisor, values[i] - bases[i >> shift]);
    }
    int from = 0;
    while (divisor != 1 && from < rowCount) {
      // Of zero, which nothing but zero is a multiple of, the next distance is the divisor.
      from =
          divisor == 0
              ? firstNonzero(values, rowCount, bases, shift)
              : new ExactDivisor(divisor).firstOther(values, from, rowCount, bases, shift);
      if (from < rowCount) {
        divisor = greatestCommonDivisor(divisor, values[from] - bases[from >> shift]);
      }
    }
    return Math.max(1, divisor);
  }

  /// Divides multiples that are not negative.
  void divide(long[] multiples) {
    for (int i = 0; i < multiples.length; i++) {
      multiples[i] = multiples[i] * inverse >>> zeros;
    }
  }

  private boolean divides(long value) {
    return Long.compareUnsigned(Long.rotateRight(value * inverse, zeros), largest) <= 0;
  }

  private int firstOther(long[] values, int from, int rowCount, long[] bases, int shift) {
    int row = from;
    while (row < rowCount && divides(values[row] - bases[row >> shift])) {
      row++;
    }
    return row;
  }

  private static int firstNonzero(long[] values, int rowCount, long[] bases, int shift) {
    int row = 0;
    while (row < rowCount && values[row] == bases[row >> shift]) {
      row++;
    }
    return row;
  }

  private static long greatestCommonDivisor(long left, long right) {
    long a = left;
    long b = right;
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}

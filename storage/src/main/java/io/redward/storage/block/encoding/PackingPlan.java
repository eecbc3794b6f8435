package io.redward.storage.block.encoding;

import java.util.Arrays;

/// How one block's integers are to be packed, and what that costs: frame of reference per row of
/// lanes or deltas along it, the scale, the width and the exceptions beyond it.
///
/// @param packed what goes into the words, before the width is applied
/// @param bytes of the packed body
record PackingPlan(
    boolean delta,
    int width,
    long minDelta,
    long scale,
    long[] bases,
    long[] packed,
    Exceptions exceptions,
    long bytes) {
  private static final int HEADER_BYTES = 32;
  /// Patching is cheap only while it is rare.
  private static final int ROWS_PER_EXCEPTION = 24;
  /// Deltas decode three times slower, so they must save something.
  private static final double DELTA_GAIN = 0.8;
  private static final int SAMPLE_DELTAS = 1024;

  /// The cheaper of the plans for `rowCount` values.
  ///
  /// @param shift log2 of the lanes
  /// @param baseBytes bytes of a base
  static PackingPlan of(long[] values, int rowCount, int shift, int baseBytes) {
    PackingPlan frames = frames(values, rowCount, shift, baseBytes);
    if (rowCount < 16 || frames.width <= 1 || !deltasMayPay(values, rowCount, frames.width)) {
      return frames;
    }
    PackingPlan deltas = deltas(values, rowCount, shift, baseBytes, baseBytes * 8);
    return deltas.bytes < frames.bytes * DELTA_GAIN ? deltas : frames;
  }

  /// A look at some neighbours: differences that spread as wide as the values save nothing.
  private static boolean deltasMayPay(long[] values, int rowCount, int width) {
    int step = Math.max(1, rowCount / SAMPLE_DELTAS);
    long least = Long.MAX_VALUE;
    for (int i = 1; i < rowCount; i += step) {
      least = Math.min(least, values[i] - values[i - 1]);
    }
    int wide = 0;
    int looked = 0;
    for (int i = 1; i < rowCount; i += step) {
      long distance = values[i] - values[i - 1] - least;
      wide += 64 - Long.numberOfLeadingZeros(distance) >= width ? 1 : 0;
      looked++;
    }
    // Of a spread as wide as the values', about half of the differences need the highest bit.
    return wide * 3 < looked;
  }

  /// Frame of reference: each row's least value is its base.
  static PackingPlan frames(long[] values, int rowCount, int shift, int baseBytes) {
    int lanes = 1 << shift;
    int rows = rowCount + lanes - 1 >> shift;
    long[] bases = new long[rows];
    boolean wraps = false;
    for (int row = 0; row < rows; row++) {
      int end = Math.min(rowCount, (row + 1) << shift);
      long min = Long.MAX_VALUE;
      long max = Long.MIN_VALUE;
      for (int i = row << shift; i < end; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      }
      bases[row] = min;
      wraps |= max - min < 0;
    }
    long scale = wraps ? 1 : ExactDivisor.common(values, rowCount, bases, shift);
    long[] packed = new long[rowCount];
    for (int i = 0; i < rowCount; i++) {
      packed[i] = values[i] - bases[i >> shift];
    }
    if (scale > 1) {
      new ExactDivisor(scale).divide(packed);
    }
    return sized(false, 0, scale, bases, packed, values, shift, baseBytes, baseBytes * 8);
  }

  /// What fits a signed integer of `bits` stays, the rest are exceptions, however many.
  static PackingPlan mostly(long[] values, int rowCount, int shift, int baseBytes, int bits) {
    long[] bases = new long[rowCount + (1 << shift) - 1 >> shift];
    Arrays.fill(bases, -1L << bits - 1);
    long[] packed = new long[rowCount];
    for (int i = 0; i < rowCount; i++) {
      packed[i] = values[i] - bases[0];
    }
    return sized(false, 0, 1, bases, packed, values, shift, baseBytes, bits);
  }

  /// Deltas that fit a signed integer of `bits`; the rest are exceptions, however many.
  static PackingPlan deltasOf(long[] values, int rowCount, int shift, int baseBytes, int bits) {
    return deltas(values, rowCount, shift, baseBytes, bits);
  }

  private static PackingPlan deltas(
      long[] values, int rowCount, int shift, int baseBytes, int bits) {
    long lowest = -1L << bits - 1;
    int lanes = 1 << shift;
    long[] bases = new long[rowCount + lanes - 1 >> shift];
    long[] deltas = new long[rowCount];
    long least = Long.MAX_VALUE;
    for (int i = 0; i < rowCount; i++) {
      if ((i & lanes - 1) == 0) {
        bases[i >> shift] = values[i];
      } else {
        deltas[i] = values[i] - values[i - 1];
        least = deltas[i] < lowest ? least : Math.min(least, deltas[i]);
      }
    }
    if (least == Long.MAX_VALUE) {
      least = 0;
    }
    long[] packed = new long[rowCount];
    for (int i = 0; i < rowCount; i++) {
      packed[i] = (i & lanes - 1) == 0 ? 0 : deltas[i] - least;
    }
    return sized(true, least, 1, bases, packed, deltas, shift, baseBytes, bits);
  }

  /// Chooses the width by cost and takes the values beyond it out as exceptions.
  private static PackingPlan sized(
      boolean delta,
      long minDelta,
      long scale,
      long[] bases,
      long[] packed,
      long[] originals,
      int shift,
      int baseBytes,
      int maxWidth) {
    int rowCount = packed.length;
    int[] histogram = new int[65];
    for (int i = 0; i < rowCount; i++) {
      histogram[64 - Long.numberOfLeadingZeros(packed[i])]++;
    }
    int width = 64;
    while (width > 0 && histogram[width] == 0) {
      width--;
    }
    int best = Math.min(width, maxWidth);
    int beyond = 0;
    for (int wider = 64; wider > best; wider--) {
      beyond += histogram[wider];
    }
    long bestCost = cost(rowCount, shift, best, beyond);
    int bestBeyond = beyond;
    for (int narrower = best - 1; narrower >= 0; narrower--) {
      beyond += histogram[narrower + 1];
      if ((long) beyond * ROWS_PER_EXCEPTION > rowCount) {
        break;
      }
      long cost = cost(rowCount, shift, narrower, beyond);
      if (cost < bestCost) {
        bestCost = cost;
        best = narrower;
        bestBeyond = beyond;
      }
    }
    Exceptions exceptions =
        bestBeyond == 0 ? Exceptions.NONE : takeOut(packed, originals, best, bestBeyond);
    long bytes = HEADER_BYTES + (long) bases.length * baseBytes + bestCost;
    return new PackingPlan(delta, best, minDelta, scale, bases, packed, exceptions, bytes);
  }

  private static long cost(int rowCount, int shift, int width, int exceptions) {
    long rows = rowCount + (1L << shift) - 1 >> shift;
    return (rows << shift) * width / 8 + (long) exceptions * Exceptions.BYTES_EACH;
  }

  private static Exceptions takeOut(long[] packed, long[] originals, int width, int count) {
    int[] rows = new int[count];
    long[] values = new long[count];
    int found = 0;
    for (int i = 0; i < packed.length; i++) {
      if (64 - Long.numberOfLeadingZeros(packed[i]) > width) {
        rows[found] = i;
        values[found++] = originals[i];
        packed[i] = 0;
      }
    }
    return new Exceptions(Arrays.copyOf(rows, found), Arrays.copyOf(values, found));
  }
}

package io.redward.runtime.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The SIMD kernels and their scalar twins find the same rows.
class VectorFiltersTest {
  private final int[] expected = new int[600];
  private final int[] found = new int[600];

  @Test
  void twinsAgreeOnRandomRanges() {
    for (int seed = 0; seed < 500; seed++) {
      Random random = new Random(seed);
      int count = random.nextInt(600);
      int spread = random.nextBoolean() ? 20 : Integer.MAX_VALUE;
      int[] ints = random.ints(count, -spread, spread).toArray();
      long[] longs = Arrays.stream(ints).mapToLong(i -> (long) i << 31).toArray();
      double[] doubles =
          Arrays.stream(ints).mapToDouble(i -> i % 7 == 0 ? Double.NaN : i / 8.0).toArray();
      int a = random.nextInt(spread);
      int b = random.nextInt(spread) - spread / 2;
      int low = Math.min(a, b);
      int high = Math.max(a, b);
      int[] intRows = Arrays.copyOf(found, VectorFilters.between(ints, count, low, high, found));
      assertThat(intRows)
          .isEqualTo(
              Arrays.copyOf(expected, IntFilters.scalarBetween(ints, count, low, high, expected)));
      long longLow = (long) low << 31;
      long longHigh = (long) high << 31;
      int[] longRows =
          Arrays.copyOf(found, VectorFilters.between(longs, count, longLow, longHigh, found));
      assertThat(longRows)
          .isEqualTo(
              Arrays.copyOf(
                  expected, LongFilters.scalarBetween(longs, count, longLow, longHigh, expected)));
      int[] doubleRows =
          Arrays.copyOf(found, VectorFilters.between(doubles, count, low / 8.0, high / 8.0, found));
      assertThat(doubleRows)
          .isEqualTo(
              Arrays.copyOf(
                  expected,
                  DoubleFilters.scalarBetween(
                      doubles, count, low / 8.0, high / 8.0, false, expected)));
    }
  }

  @Test
  void warmUpEndsAndLeavesFiltersRight() {
    VectorKernels.warmUp(() -> {});
    int[] values = {5, 1, 7, 3, 9, 5};
    assertThat(Arrays.copyOf(found, IntFilters.between(values, 6, 3, 5, found)))
        .containsExactly(0, 3, 5);
  }
}

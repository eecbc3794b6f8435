package io.redward.storage.block.encoding;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// The SIMD kernels on packed bits and their scalar twins find the same rows.
class LaneFiltersTest {
  @Test
  void twinsAgreeOnEveryWidthAndRandomRanges() {
    for (int seed = 0; seed < 400; seed++) {
      Random random = new Random(seed);
      int width = 1 + seed % 32;
      int lanes = 1 << 3 + random.nextInt(6);
      int count = lanes - random.nextInt(8);
      long mask = (1L << width) - 1;
      long a = random.nextLong() & mask;
      long b = random.nextLong() & mask;
      LaneFilters.Range range =
          new LaneFilters.Range(
              Math.min(a, b), Math.max(a, b), random.nextInt(100), count, random.nextInt(5));
      int[] expected = new int[lanes + 8];
      int[] found = new int[lanes + 8];

      long[] longs = random.longs(2L * lanes).toArray();
      int offset = random.nextInt(64);
      int next = offset + width > 64 ? lanes : -1;
      int scalar = LaneFilters.scalar(longs, 0, next, offset, mask, range, expected);
      int simd = VectorLaneFilters.select(longs, 0, next, offset, mask, range, found);
      assertThat(Arrays.copyOf(found, simd)).isEqualTo(Arrays.copyOf(expected, scalar));

      int[] ints = random.ints(2L * lanes).toArray();
      offset = random.nextInt(32);
      next = offset + width > 32 ? lanes : -1;
      scalar = LaneFilters.scalar(ints, 0, next, offset, (int) mask, range, expected);
      simd = VectorLaneFilters.select(ints, 0, next, offset, (int) mask, range, found);
      assertThat(Arrays.copyOf(found, simd)).isEqualTo(Arrays.copyOf(expected, scalar));
    }
  }

  @Test
  void warmUpEnds() {
    EncodedFilters.warmUp(() -> {});
    long[] words = IntLanes.pack(new long[] {5, 1, 7, 3, 9, 5}, 6, 4);
    int[] selection = new int[6];
    LaneFilters.Range range = new LaneFilters.Range(3, 5, 0, 1, 0);
    assertThat(LaneFilters.select(words, 0, 4, 0, 0, range, selection)).isEqualTo(1);
  }
}

package io.redward.storage.block.encoding;

import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorSpecies;

/// [SplitLanes] with SIMD instructions: the left parts of a few rows are gathered by their codes
/// and joined to the right ones at once.
final class VectorSplitLanes {
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

  private VectorSplitLanes() {}

  static void join(long[] lefts, int[] codes, long[] rights, double[] out, int to, int count) {
    int bound = LONGS.loopBound(count);
    for (int i = 0; i < bound; i += LONGS.length()) {
      LongVector.fromArray(LONGS, lefts, 0, codes, i)
          .or(LongVector.fromArray(LONGS, rights, i))
          .reinterpretAsDoubles()
          .intoArray(out, to + i);
    }
    SplitLanes.scalar(lefts, codes, rights, out, bound, to, count);
  }
}

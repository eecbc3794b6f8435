package io.redward.storage.block.encoding;

import io.redward.storage.block.encoding.LaneFilters.Range;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorShape;
import jdk.incubator.vector.VectorSpecies;

/// [LaneFilters] with SIMD instructions: neighbouring words hold neighbouring rows, so a few of
/// them are shifted, masked and compared at once and the numbers of those that match compressed
/// and stored. A store of a whole vector never reaches beyond the rows read.
final class VectorLaneFilters {
  private static final VectorSpecies<Integer> INTS = IntVector.SPECIES_PREFERRED;
  private static final VectorSpecies<Long> LONGS = LongVector.SPECIES_PREFERRED;

  /// As many ints as there are longs in a vector.
  private static final VectorSpecies<Integer> ROWS_OF_LONGS =
      VectorSpecies.of(int.class, VectorShape.forBitSize(LONGS.vectorBitSize() / 2));

  private VectorLaneFilters() {}

  static int select(
      long[] words, int at, int next, int offset, long mask, Range range, int[] selection) {
    int lanes = LONGS.length();
    int bound = LONGS.loopBound(range.count());
    long first = range.first();
    long last = range.last();
    IntVector rows = IntVector.broadcast(ROWS_OF_LONGS, range.to()).addIndex(1);
    int n = range.selected();
    int i = 0;
    for (; i < bound; i += lanes) {
      LongVector value =
          LongVector.fromArray(LONGS, words, at + i).lanewise(VectorOperators.LSHR, offset);
      if (next >= 0) {
        value =
            value.or(
                LongVector.fromArray(LONGS, words, next + i)
                    .lanewise(VectorOperators.LSHL, 64 - offset));
      }
      value = value.and(mask);
      VectorMask<Integer> match =
          value
              .compare(VectorOperators.GE, first)
              .and(value.compare(VectorOperators.LE, last))
              .cast(ROWS_OF_LONGS);
      rows.compress(match).intoArray(selection, n);
      n += match.trueCount();
      rows = rows.add(lanes);
    }
    return LaneFilters.scalar(
        words,
        at + i,
        next < 0 ? next : next + i,
        offset,
        mask,
        new Range(first, last, range.to() + i, range.count() - i, n),
        selection);
  }

  static int select(
      int[] words, int at, int next, int offset, int mask, Range range, int[] selection) {
    int lanes = INTS.length();
    int bound = INTS.loopBound(range.count());
    int first = (int) range.first() ^ Integer.MIN_VALUE;
    int last = (int) range.last() ^ Integer.MIN_VALUE;
    IntVector rows = IntVector.broadcast(INTS, range.to()).addIndex(1);
    int n = range.selected();
    int i = 0;
    for (; i < bound; i += lanes) {
      IntVector value =
          IntVector.fromArray(INTS, words, at + i).lanewise(VectorOperators.LSHR, offset);
      if (next >= 0) {
        value =
            value.or(
                IntVector.fromArray(INTS, words, next + i)
                    .lanewise(VectorOperators.LSHL, 32 - offset));
      }
      value = value.and(mask).lanewise(VectorOperators.XOR, Integer.MIN_VALUE);
      VectorMask<Integer> match =
          value.compare(VectorOperators.GE, first).and(value.compare(VectorOperators.LE, last));
      rows.compress(match).intoArray(selection, n);
      n += match.trueCount();
      rows = rows.add(lanes);
    }
    return LaneFilters.scalar(
        words,
        at + i,
        next < 0 ? next : next + i,
        offset,
        mask,
        new Range(range.first(), range.last(), range.to() + i, range.count() - i, n),
        selection);
  }
}

package io.redward.storage.block.encoding;

import io.redward.storage.bytes.ByteWriter;
import java.util.Arrays;
import java.util.Optional;

/// Where doubles of one block are best cut in two ([SplitDoubles]), by a sample. Values of one
/// magnitude share their leading bits; those that follow look random, but where they end in zeros,
/// as `float`s do, the packing leaves these out.
///
/// @param rightBits of the part that is packed
/// @param lefts the most frequent left parts, as numbers, ascending
record DoubleCut(int rightBits, long[] lefts) {
  private static final int SAMPLE_ROWS = 1024;
  private static final int MIN_RIGHT_BITS = 40;
  private static final int MAX_RIGHT_BITS = 63;

  /// Patching is cheap only while it is rare.
  private static final int ROWS_PER_EXCEPTION = 24;

  static DoubleCut best(long[] bits, int rowCount) {
    int step = Math.max(1, rowCount / SAMPLE_ROWS);
    long[] sample = new long[(rowCount + step - 1) / step];
    for (int i = 0; i < sample.length; i++) {
      sample[i] = bits[i * step];
    }
    Arrays.sort(sample);
    DoubleCut best = new DoubleCut(MAX_RIGHT_BITS, new long[1]);
    double least = Double.MAX_VALUE;
    for (int right = MAX_RIGHT_BITS; right >= MIN_RIGHT_BITS; right--) {
      Lefts lefts = lefts(sample, right);
      if ((long) (sample.length - lefts.rows) * ROWS_PER_EXCEPTION * 4 > sample.length * 3L) {
        continue;
      }
      int codeBits = 32 - Integer.numberOfLeadingZeros(lefts.frequent.length - 1);
      double cost =
          right
              + codeBits
              + (double) (sample.length - lefts.rows) / sample.length * Exceptions.BYTES_EACH * 8;
      if (cost < least) {
        least = cost;
        best = new DoubleCut(right, lefts.frequent);
      }
    }
    return best;
  }

  private record Lefts(long[] frequent, int rows) {}

  /// The most frequent left parts of a sorted sample, and how many rows have one of them.
  private static Lefts lefts(long[] sample, int right) {
    long[] values = new long[SplitDoubles.MAX_LEFTS];
    int[] rows = new int[SplitDoubles.MAX_LEFTS];
    int found = 0;
    for (int from = 0; from < sample.length; ) {
      int to = from + 1;
      while (to < sample.length && sample[to] >>> right == sample[from] >>> right) {
        to++;
      }
      int place = found < rows.length ? found++ : rarest(rows);
      if (to - from > rows[place]) {
        values[place] = sample[from] >>> right;
        rows[place] = to - from;
      }
      from = to;
    }
    long[] frequent = Arrays.copyOf(values, found);
    Arrays.sort(frequent);
    return new Lefts(frequent, Arrays.stream(rows).sum());
  }

  private static int rarest(int[] rows) {
    int rarest = 0;
    for (int i = 1; i < rows.length; i++) {
      rarest = rows[i] < rows[rarest] ? i : rarest;
    }
    return rarest;
  }

  /// Bytes: `byte` left parts, each a `long` with the right bits zero, the exceptions, the codes as
  /// packed 4-byte integers, the right parts as packed 8-byte integers. Empty if too many values
  /// are exceptions.
  Optional<EncodedBody> encode(long[] bits, int rowCount) {
    long mask = (1L << rightBits) - 1;
    long[] codes = new long[rowCount];
    long[] rights = new long[rowCount];
    int[] rows = new int[rowCount];
    long[] exceptions = new long[rowCount];
    int found = 0;
    for (int i = 0; i < rowCount; i++) {
      int code = Arrays.binarySearch(lefts, bits[i] >>> rightBits);
      if (code >= 0) {
        codes[i] = code;
        rights[i] = bits[i] & mask;
      } else {
        rows[found] = i;
        exceptions[found++] = bits[i];
        rights[i] = i == 0 ? 0 : rights[i - 1];
      }
    }
    if ((long) found * ROWS_PER_EXCEPTION > rowCount) {
      return Optional.empty();
    }
    ByteWriter out = new ByteWriter(rowCount * 8);
    out.writeByte(lefts.length);
    for (long left : lefts) {
      out.writeLong(left << rightBits);
    }
    new Exceptions(Arrays.copyOf(rows, found), Arrays.copyOf(exceptions, found)).write(out);
    IntegerEncoder.writeCodes(out, codes);
    PackedFormat.writeLongs(
        out, PackingPlan.frames(rights, rowCount, LongLanes.laneShift(rowCount), Long.BYTES));
    return Optional.of(new EncodedBody(Encoding.SPLIT, Codec.NONE, out));
  }
}

package io.redward.storage.block.encoding;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;

/// Encodes the first rows of a vector, nulls already replaced by values that cost little.
public final class BodyEncoder {
  private BodyEncoder() {}

  public static EncodedBody encode(
      Vector values, int rowCount, EncodingChoice choice, TextChoice text) {
    return switch (values) {
      case IntVector ints ->
          new IntegerEncoder(widened(ints.values, rowCount), rowCount, false).encode(choice);
      case LongVector longs -> new IntegerEncoder(longs.values, rowCount, true).encode(choice);
      case DoubleVector doubles -> new DoubleEncoder(doubles.values, rowCount).encode(choice);
      case Int128Vector wide -> WideEncoder.encode(wide.high, wide.low, rowCount, choice);
      case BytesVector bytes -> new BytesEncoder(bytes, rowCount, text).encode(choice);
    };
  }

  private static long[] widened(int[] values, int rowCount) {
    long[] wide = new long[rowCount];
    for (int i = 0; i < rowCount; i++) {
      wide[i] = values[i];
    }
    return wide;
  }
}

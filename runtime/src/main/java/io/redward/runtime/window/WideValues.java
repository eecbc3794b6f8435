package io.redward.runtime.window;

import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.runtime.kernel.Cells;
import java.math.BigInteger;

/// Integers and unscaled decimals of any width as big integers, for results that are computed once
/// a partition.
final class WideValues {
  private WideValues() {}

  static BigInteger get(Vector values, int row) {
    return values instanceof Int128Vector wide
        ? new Int128(wide.high[row], wide.low[row]).toBigInteger()
        : BigInteger.valueOf(Cells.integer(values, row));
  }

  static void put(Vector result, int row, BigInteger value) {
    switch (result) {
      case IntVector ints -> ints.values[row] = value.intValueExact();
      case LongVector longs -> longs.values[row] = value.longValueExact();
      case Int128Vector wide -> {
        Int128 words = Int128.of(value);
        wide.high[row] = words.high();
        wide.low[row] = words.low();
      }
      default -> throw new IllegalStateException("no integers: " + result.physical());
    }
  }
}

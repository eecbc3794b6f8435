package io.redward.runtime.window;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.runtime.kernel.Cells;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// An exact running sum of integers or decimals in 128 bits, which values can be taken out of
/// again.
final class WideSum {
  private long high;
  private long low;
  private long count;

  void clear() {
    high = 0;
    low = 0;
    count = 0;
  }

  long count() {
    return count;
  }

  void add(Vector values, int row) {
    if (values instanceof Int128Vector wide) {
      add(wide.high[row], wide.low[row]);
    } else {
      long value = Cells.integer(values, row);
      add(value >> 63, value);
    }
    count++;
  }

  void remove(Vector values, int row) {
    long valueHigh;
    long valueLow;
    if (values instanceof Int128Vector wide) {
      valueHigh = wide.high[row];
      valueLow = wide.low[row];
    } else {
      valueLow = Cells.integer(values, row);
      valueHigh = valueLow >> 63;
    }
    long before = low;
    low -= valueLow;
    high -= valueHigh + (Long.compareUnsigned(before, valueLow) < 0 ? 1 : 0);
    count--;
  }

  private void add(long valueHigh, long valueLow) {
    low += valueLow;
    long carry = Long.compareUnsigned(low, valueLow) < 0 ? 1 : 0;
    long sum = high + valueHigh + carry;
    if (((high ^ sum) & (valueHigh ^ sum)) < 0) {
      throw overflow();
    }
    high = sum;
  }

  /// Writes the sum; the caller sees to it that argument and result have the same scale.
  void putSum(Vector result, int row, SqlType type) {
    put(result, row, type, new Int128(high, low));
  }

  /// Writes the mean: cut to an integer for integer types, rounded half away from zero at the
  /// result's scale for decimals.
  void putMean(Vector result, int row, SqlType type, int argumentScale) {
    BigInteger sum = new Int128(high, low).toBigInteger();
    if (type.kind() != TypeKind.DECIMAL) {
      put(result, row, type, Int128.of(sum.divide(BigInteger.valueOf(count))));
      return;
    }
    BigInteger mean =
        new BigDecimal(sum, argumentScale)
            .divide(BigDecimal.valueOf(count), type.scale(), RoundingMode.HALF_UP)
            .unscaledValue();
    if (mean.bitLength() > 127) {
      throw overflow();
    }
    put(result, row, type, Int128.of(mean));
  }

  private static void put(Vector result, int row, SqlType type, Int128 value) {
    if (type.kind() == TypeKind.DECIMAL
        && value.toBigInteger().abs().compareTo(BigInteger.TEN.pow(type.precision())) >= 0) {
      throw overflow();
    }
    if (result instanceof Int128Vector wide) {
      wide.high[row] = value.high();
      wide.low[row] = value.low();
      return;
    }
    if (!value.fitsLong()) {
      throw overflow();
    }
    ((LongVector) result).values[row] = value.low();
  }

  private static SqlException overflow() {
    return new SqlException(
        SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "Numeric data overflow (result precision)");
  }
}

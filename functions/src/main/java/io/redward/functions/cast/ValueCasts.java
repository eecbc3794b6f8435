package io.redward.functions.cast;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Decimals;
import io.redward.functions.text.Doubles;
import io.redward.functions.text.Numbers;
import java.math.BigDecimal;

/// Numbers and booleans from strings, and decimals from and to floating point.
public final class ValueCasts {
  private ValueCasts() {}

  public static int toBoolean(byte[] page, int offset, int length) {
    return Numbers.parseBoolean(page, offset, length) ? 1 : 0;
  }

  public static int toShort(byte[] page, int offset, int length) {
    return Numbers.parseShort(page, offset, length);
  }

  public static int toInt(byte[] page, int offset, int length) {
    return Numbers.parseInt(page, offset, length);
  }

  public static long toLong(byte[] page, int offset, int length) {
    return Numbers.parseLong(page, offset, length);
  }

  public static int toOid(byte[] page, int offset, int length) {
    long value = Numbers.parseLong(page, offset, length);
    if (value < 0 || value > 0xFFFF_FFFFL) {
      throw SqlException.ofValue(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "value \"" + value + "\" is out of range for type oid");
    }
    return (int) value;
  }

  public static double toDouble(byte[] page, int offset, int length) {
    return Doubles.parseDouble(page, offset, length);
  }

  public static double toReal(byte[] page, int offset, int length) {
    return Doubles.parseReal(page, offset, length);
  }

  public static long toDecimal(byte[] page, int offset, int length, int precision, int scale) {
    return Decimals.parseLong(page, offset, length, precision, scale);
  }

  public static void toWideDecimal(
      byte[] page, int offset, int length, int precision, int scale, ValueOut out) {
    Decimals.parse(page, offset, length, precision, scale, out);
  }

  /// Rounds half away from zero.
  public static long decimalFromDouble(double value, int precision, int scale) {
    return Decimals.fit(finite(value), precision, scale).longValueExact();
  }

  public static void wideDecimalFromDouble(double value, int precision, int scale, ValueOut out) {
    Decimals.put(Decimals.fit(finite(value), precision, scale), out);
  }

  private static BigDecimal finite(double value) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw Decimals.overflow();
    }
    // The digits a user sees, not those of the binary fraction: 1.005 rounds to 1.01.
    return new BigDecimal(Double.toString(value));
  }

  public static double doubleFromDecimal(long value, int scale) {
    return scale < EXACT_POWERS && Math.abs(value) < EXACT_LONGS
        ? (double) value / Numbers.power(scale)
        : BigDecimal.valueOf(value, scale).doubleValue();
  }

  // Up to here numerator and denominator are exact doubles, so the quotient is correctly rounded.
  private static final int EXACT_POWERS = 16;
  private static final long EXACT_LONGS = 1L << 53;

  public static double doubleFromWideDecimal(long high, long low, int scale) {
    return Decimals.value(high, low, scale).doubleValue();
  }
}

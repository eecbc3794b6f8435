package io.redward.functions.math;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.Int128;
import io.redward.functions.text.Decimals;
import io.redward.functions.text.Numbers;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Signs, rounding, remainders and bits of integers and decimals. Decimals are rounded half away
/// from zero.
public final class Arithmetic {
  private static final int MAX_PLACES = 38;

  /// The greatest number whose factorial has no more than 38 digits.
  private static final int LAST_FACTORIAL = 33;

  private Arithmetic() {}

  public static int abs(int value) {
    if (value == Integer.MIN_VALUE) {
      throw outOfRange("integer");
    }
    return Math.abs(value);
  }

  public static long abs(long value) {
    if (value == Long.MIN_VALUE) {
      throw outOfRange("bigint");
    }
    return Math.abs(value);
  }

  public static double abs(double value) {
    return Math.abs(value);
  }

  public static void abs(long high, long low, ValueOut out) {
    if (high >= 0) {
      out.int128(high, low);
    } else {
      out.int128(~high + (low == 0 ? 1 : 0), -low);
    }
  }

  public static int sign(int value) {
    return Integer.signum(value);
  }

  public static int sign(long value) {
    return Long.signum(value);
  }

  public static double sign(double value) {
    return Math.signum(value);
  }

  public static int sign(long high, long low) {
    return high < 0 ? -1 : (high | low) != 0 ? 1 : 0;
  }

  /// The least integer not below, of the same scale 0.
  public static long ceil(long value, int scale) {
    long unit = Numbers.power(scale);
    return -Math.floorDiv(-value, unit);
  }

  public static long floor(long value, int scale) {
    return Math.floorDiv(value, Numbers.power(scale));
  }

  public static void ceil(long high, long low, int scale, ValueOut out) {
    put(Decimals.value(high, low, scale), 0, RoundingMode.CEILING, 0, out);
  }

  public static void floor(long high, long low, int scale, ValueOut out) {
    put(Decimals.value(high, low, scale), 0, RoundingMode.FLOOR, 0, out);
  }

  public static double ceil(double value) {
    return Math.ceil(value);
  }

  public static double floor(double value) {
    return Math.floor(value);
  }

  public static long same(long value) {
    return value;
  }

  public static int same(int value) {
    return value;
  }

  /// To `places` digits after the point, or before it where negative; the scale stays.
  public static long round(long value, int places, int scale) {
    if (places >= scale) {
      return value;
    }
    long dropped = (long) scale - places;
    if (dropped > 18) {
      return 0;
    }
    long unit = Numbers.power((int) dropped);
    long rest = value % unit;
    long cut = value - rest;
    return Math.abs(rest) >= unit - Math.abs(rest) ? cut + (value < 0 ? -unit : unit) : cut;
  }

  public static long truncate(long value, int places, int scale) {
    if (places >= scale) {
      return value;
    }
    long dropped = (long) scale - places;
    return dropped > 18 ? 0 : value - value % Numbers.power((int) dropped);
  }

  public static void round(long high, long low, int places, int scale, ValueOut out) {
    put(Decimals.value(high, low, scale), places, RoundingMode.HALF_UP, scale, out);
  }

  public static void truncate(long high, long low, int places, int scale, ValueOut out) {
    put(Decimals.value(high, low, scale), places, RoundingMode.DOWN, scale, out);
  }

  private static void put(
      BigDecimal value, int places, RoundingMode mode, int scale, ValueOut out) {
    int kept = Math.clamp(places, -MAX_PLACES, scale);
    BigDecimal rounded = value.setScale(kept, mode).setScale(scale, RoundingMode.UNNECESSARY);
    if (rounded.precision() > MAX_PLACES) {
      throw Decimals.overflow();
    }
    Decimals.put(rounded.unscaledValue(), out);
  }

  /// To no digits after the point.
  public static long roundWhole(long value, int scale) {
    return round(value, 0, scale) / Numbers.power(scale);
  }

  public static long truncateWhole(long value, int scale) {
    return value / Numbers.power(scale);
  }

  public static void roundWhole(long high, long low, int scale, ValueOut out) {
    put(Decimals.value(high, low, scale), 0, RoundingMode.HALF_UP, 0, out);
  }

  public static void truncateWhole(long high, long low, int scale, ValueOut out) {
    put(Decimals.value(high, low, scale), 0, RoundingMode.DOWN, 0, out);
  }

  public static double round(double value) {
    double whole = truncate(value);
    return Math.abs(value - whole) >= 0.5 ? whole + Math.signum(value) : whole;
  }

  public static double truncate(double value) {
    return value < 0 ? Math.ceil(value) : Math.floor(value);
  }

  public static double round(double value, int places) {
    return scaled(value, places, RoundingMode.HALF_UP);
  }

  public static double truncate(double value, int places) {
    return scaled(value, places, RoundingMode.DOWN);
  }

  private static double scaled(double value, int places, RoundingMode mode) {
    if (Double.isNaN(value) || Double.isInfinite(value) || places > 300) {
      return value;
    }
    int kept = Math.max(places, -310);
    return new BigDecimal(Double.toString(value)).setScale(kept, mode).doubleValue();
  }

  public static int mod(int a, int b) {
    if (b == 0) {
      throw divideByZero();
    }
    return b == -1 ? 0 : a % b;
  }

  public static long mod(long a, long b) {
    if (b == 0) {
      throw divideByZero();
    }
    return b == -1 ? 0 : a % b;
  }

  /// Of two decimals of these scales; the result has the larger one.
  public static void mod(
      long highA, long lowA, long highB, long lowB, int scaleA, int scaleB, ValueOut out) {
    BigDecimal divisor = Decimals.value(highB, lowB, scaleB);
    if (divisor.signum() == 0) {
      throw divideByZero();
    }
    BigDecimal rest = Decimals.value(highA, lowA, scaleA).remainder(divisor);
    BigInteger unscaled = rest.setScale(Math.max(scaleA, scaleB)).unscaledValue();
    Decimals.put(unscaled, out);
  }

  public static double mod(double a, double b) {
    if (b == 0) {
      throw divideByZero();
    }
    return a % b;
  }

  public static long and(long a, long b) {
    return a & b;
  }

  public static long or(long a, long b) {
    return a | b;
  }

  public static long xor(long a, long b) {
    return a ^ b;
  }

  public static long not(long a) {
    return ~a;
  }

  public static long shiftLeft(long a, int bits) {
    return a << bits;
  }

  public static long shiftRight(long a, int bits) {
    return a >> bits;
  }

  public static int and(int a, int b) {
    return a & b;
  }

  public static int or(int a, int b) {
    return a | b;
  }

  public static int xor(int a, int b) {
    return a ^ b;
  }

  public static int not(int a) {
    return ~a;
  }

  public static int shiftLeft(int a, int bits) {
    return a << bits;
  }

  public static int shiftRight(int a, int bits) {
    return a >> bits;
  }

  static SqlException divideByZero() {
    return SqlException.ofValue(SqlState.DIVISION_BY_ZERO, "Divide by zero");
  }

  static SqlException outOfRange(String type) {
    return SqlException.ofValue(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, type + " out of range");
  }

  public static void factorial(long number, ValueOut out) {
    if (number > LAST_FACTORIAL) {
      throw SqlException.ofValue(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "Numeric data overflow");
    }
    BigInteger product = BigInteger.ONE;
    for (long factor = 2; factor <= number; factor++) {
      product = product.multiply(BigInteger.valueOf(factor));
    }
    Int128 value = Int128.of(product);
    out.int128(value.high(), value.low());
  }
}

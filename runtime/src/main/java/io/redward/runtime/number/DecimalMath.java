package io.redward.runtime.number;

/// Operations on unscaled decimals that fit a `long`.
public final class DecimalMath {
  static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private DecimalMath() {}

  /// Ten to the power `exponent`, at most 18.
  public static long power(int exponent) {
    return POWERS[exponent];
  }

  public static long add(long left, long right) {
    long sum = left + right;
    if (((left ^ sum) & (right ^ sum)) < 0) {
      throw NumberErrors.decimalOverflow();
    }
    return sum;
  }

  public static long subtract(long left, long right) {
    long difference = left - right;
    if (((left ^ right) & (left ^ difference)) < 0) {
      throw NumberErrors.decimalOverflow();
    }
    return difference;
  }

  public static long multiply(long left, long right) {
    long product = left * right;
    if (Math.multiplyHigh(left, right) != product >> 63) {
      throw NumberErrors.decimalOverflow();
    }
    return product;
  }

  public static long modulo(long left, long right) {
    if (right == 0) {
      throw NumberErrors.divisionByZero();
    }
    return right == -1 ? 0 : left % right;
  }

  public static long negate(long value) {
    if (value == Long.MIN_VALUE) {
      throw NumberErrors.decimalOverflow();
    }
    return -value;
  }

  /// `value / divisor`, rounded half away from zero; the divisor is positive.
  public static long divideRounded(long value, long divisor) {
    long quotient = value / divisor;
    long rest = value - quotient * divisor;
    if (Math.abs(rest) >= divisor - Math.abs(rest)) {
      quotient += value < 0 ? -1 : 1;
    }
    return quotient;
  }

  /// Checks a value against a precision of at most 18 digits.
  public static long check(long value, int precision) {
    long limit = POWERS[precision];
    if (value >= limit || value <= -limit) {
      throw NumberErrors.decimalOverflow();
    }
    return value;
  }

  /// The nearest decimal of `scale` and at most 18 digits.
  public static long fromDouble(double value, int precision, int scale) {
    double scaled = value * POWERS[scale];
    if (!(Math.abs(scaled) < 1e15)) {
      return WideMath.fromDoubleExact(value, precision, scale).longValueExact();
    }
    return check(Math.round(Math.abs(scaled)) * (scaled < 0 ? -1 : 1), precision);
  }

  public static double toDouble(long value, int scale) {
    return scale == 0 ? value : value / DOUBLE_POWERS[scale];
  }

  private static final double[] DOUBLE_POWERS = new double[39];

  static {
    for (int i = 0; i < DOUBLE_POWERS.length; i++) {
      DOUBLE_POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  static double doublePower(int exponent) {
    return DOUBLE_POWERS[exponent];
  }
}

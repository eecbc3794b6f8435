package io.redward.runtime.number;

/// Operations on REAL and DOUBLE PRECISION values. An infinite result of finite operands is an
/// overflow error, as in PostgreSQL; NaN equals NaN and is greater than all else.
public final class DoubleMath {
  private DoubleMath() {}

  public static double divide(double left, double right) {
    if (right == 0) {
      throw NumberErrors.divisionByZero();
    }
    return left / right;
  }

  public static double modulo(double left, double right) {
    if (right == 0) {
      throw NumberErrors.divisionByZero();
    }
    return left % right;
  }

  /// Checks the result of an operation on two finite or infinite operands.
  public static double check(double result, double left, double right) {
    if (Double.isInfinite(result) && !Double.isInfinite(left) && !Double.isInfinite(right)) {
      throw NumberErrors.outOfRange("double precision");
    }
    return result;
  }

  /// Rounds to REAL's precision.
  public static double toReal(double value) {
    float rounded = (float) value;
    if (Float.isInfinite(rounded) && !Double.isInfinite(value)) {
      throw NumberErrors.outOfRange("real");
    }
    return rounded;
  }

  /// -1, 0 or 1; zeros are equal.
  public static int compare(double left, double right) {
    if (left < right) {
      return -1;
    }
    if (left > right) {
      return 1;
    }
    if (left == right) {
      return 0;
    }
    return Boolean.compare(Double.isNaN(left), Double.isNaN(right));
  }

  public static int toSmallint(double value) {
    double rounded = Math.rint(value);
    if (!(rounded >= Short.MIN_VALUE && rounded <= Short.MAX_VALUE)) {
      throw NumberErrors.outOfRange("smallint");
    }
    return (int) rounded;
  }

  public static int toInteger(double value) {
    double rounded = Math.rint(value);
    if (!(rounded >= Integer.MIN_VALUE && rounded <= Integer.MAX_VALUE)) {
      throw NumberErrors.outOfRange("integer");
    }
    return (int) rounded;
  }

  public static long toBigint(double value) {
    double rounded = Math.rint(value);
    if (!(rounded >= -0x1p63 && rounded < 0x1p63)) {
      throw NumberErrors.outOfRange("bigint");
    }
    return (long) rounded;
  }
}

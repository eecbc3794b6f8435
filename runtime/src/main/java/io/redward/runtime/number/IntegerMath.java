package io.redward.runtime.number;

/// Operations on SMALLINT, INTEGER and BIGINT values.
public final class IntegerMath {
  private IntegerMath() {}

  public static int add(int left, int right) {
    int sum = left + right;
    if (((left ^ sum) & (right ^ sum)) < 0) {
      throw NumberErrors.outOfRange("integer");
    }
    return sum;
  }

  public static int subtract(int left, int right) {
    int difference = left - right;
    if (((left ^ right) & (left ^ difference)) < 0) {
      throw NumberErrors.outOfRange("integer");
    }
    return difference;
  }

  public static int multiply(int left, int right) {
    long product = (long) left * right;
    if (product != (int) product) {
      throw NumberErrors.outOfRange("integer");
    }
    return (int) product;
  }

  public static int divide(int left, int right) {
    if (right == 0) {
      throw NumberErrors.divisionByZero();
    }
    if (right == -1) {
      return negate(left);
    }
    return left / right;
  }

  public static int modulo(int left, int right) {
    if (right == 0) {
      throw NumberErrors.divisionByZero();
    }
    return right == -1 ? 0 : left % right;
  }

  public static int negate(int value) {
    if (value == Integer.MIN_VALUE) {
      throw NumberErrors.outOfRange("integer");
    }
    return -value;
  }

  public static long add(long left, long right) {
    long sum = left + right;
    if (((left ^ sum) & (right ^ sum)) < 0) {
      throw NumberErrors.outOfRange("bigint");
    }
    return sum;
  }

  public static long subtract(long left, long right) {
    long difference = left - right;
    if (((left ^ right) & (left ^ difference)) < 0) {
      throw NumberErrors.outOfRange("bigint");
    }
    return difference;
  }

  public static long multiply(long left, long right) {
    long product = left * right;
    if (Math.multiplyHigh(left, right) != product >> 63) {
      throw NumberErrors.outOfRange("bigint");
    }
    return product;
  }

  public static long divide(long left, long right) {
    if (right == 0) {
      throw NumberErrors.divisionByZero();
    }
    if (right == -1) {
      return negate(left);
    }
    return left / right;
  }

  public static long modulo(long left, long right) {
    if (right == 0) {
      throw NumberErrors.divisionByZero();
    }
    return right == -1 ? 0 : left % right;
  }

  public static long negate(long value) {
    if (value == Long.MIN_VALUE) {
      throw NumberErrors.outOfRange("bigint");
    }
    return -value;
  }

  /// A SMALLINT from an integer.
  public static int toSmallint(long value) {
    if (value != (short) value) {
      throw NumberErrors.outOfRange("smallint");
    }
    return (int) value;
  }

  /// An INTEGER from a BIGINT.
  public static int toInteger(long value) {
    if (value != (int) value) {
      throw NumberErrors.outOfRange("integer");
    }
    return (int) value;
  }
}

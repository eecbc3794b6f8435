package io.redward.functions.math;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.signature.OpenSessions;
import io.redward.functions.signature.SeededNumbers;
import io.redward.functions.signature.SessionFunctions;
import java.util.concurrent.ThreadLocalRandom;

/// Roots, powers, logarithms, angles. A result that no double holds is an error.
public final class Functions {
  private Functions() {}

  public static double sqrt(double value) {
    if (value < 0) {
      throw SqlException.ofValue(
          SqlState.INVALID_ARGUMENT_FOR_POWER, "cannot take square root of a negative number");
    }
    return Math.sqrt(value);
  }

  public static double cbrt(double value) {
    return Math.cbrt(value);
  }

  public static double power(double base, double exponent) {
    if (base == 0 && exponent < 0) {
      throw SqlException.ofValue(
          SqlState.INVALID_ARGUMENT_FOR_POWER, "zero raised to a negative power is undefined");
    }
    if (base < 0 && exponent != Math.rint(exponent)) {
      throw SqlException.ofValue(
          SqlState.INVALID_ARGUMENT_FOR_POWER,
          "invalid argument for power function: a negative number to a broken power");
    }
    return finite(Math.pow(base, exponent), base, exponent);
  }

  public static double exp(double value) {
    return finite(Math.exp(value), value, 0);
  }

  private static double finite(double result, double a, double b) {
    if (Double.isInfinite(result) && !Double.isInfinite(a) && !Double.isInfinite(b)) {
      throw SqlException.ofValue(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "value out of range: overflow");
    }
    return result;
  }

  public static double ln(double value) {
    return Math.log(positive(value));
  }

  public static double log10(double value) {
    return Math.log10(positive(value));
  }

  public static double log(double base, double value) {
    return Math.log(positive(value)) / Math.log(positive(base));
  }

  private static double positive(double value) {
    if (value == 0) {
      throw SqlException.ofValue(
          SqlState.INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of zero");
    }
    if (value < 0) {
      throw SqlException.ofValue(
          SqlState.INVALID_ARGUMENT_FOR_LOGARITHM, "cannot take logarithm of a negative number");
    }
    return value;
  }

  public static double sin(double value) {
    return Math.sin(angle(value));
  }

  public static double cos(double value) {
    return Math.cos(angle(value));
  }

  public static double tan(double value) {
    return Math.tan(angle(value));
  }

  public static double cot(double value) {
    return 1 / Math.tan(angle(value));
  }

  private static double angle(double value) {
    if (Double.isInfinite(value)) {
      throw inputOutOfRange();
    }
    return value;
  }

  public static double sinh(double value) {
    return Math.sinh(value);
  }

  public static double cosh(double value) {
    return Math.cosh(value);
  }

  public static double tanh(double value) {
    return Math.tanh(value);
  }

  public static double asinh(double value) {
    double size = Math.abs(value);
    return Math.copySign(Math.log(size + Math.sqrt(size * size + 1)), value);
  }

  public static double acosh(double value) {
    if (value < 1) {
      throw outOfRange();
    }
    return Math.log(value + Math.sqrt(value * value - 1));
  }

  public static double atanh(double value) {
    if (Math.abs(value) > 1) {
      throw outOfRange();
    }
    return (Math.log1p(value) - Math.log1p(-value)) / 2;
  }

  private static SqlException outOfRange() {
    return SqlException.ofValue(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
  }

  public static double asin(double value) {
    return Math.asin(unit(value));
  }

  public static double acos(double value) {
    return Math.acos(unit(value));
  }

  private static double unit(double value) {
    if (value < -1 || value > 1) {
      throw inputOutOfRange();
    }
    return value;
  }

  private static SqlException inputOutOfRange() {
    return SqlException.ofValue(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "input is out of range");
  }

  public static double atan(double value) {
    return Math.atan(value);
  }

  public static double atan2(double y, double x) {
    return Math.atan2(y, x);
  }

  public static double degrees(double value) {
    return value * (180 / Math.PI);
  }

  public static double radians(double value) {
    return value * (Math.PI / 180);
  }

  public static double pi() {
    return Math.PI;
  }

  /// From 0 to less than 1; the next of the sequence that the session's SET SEED has begun, if it
  /// has begun one.
  public static double random(long session) {
    return OpenSessions.find(session)
        .flatMap(SessionFunctions::seeded)
        .map(SeededNumbers::next)
        .orElseGet(() -> ThreadLocalRandom.current().nextDouble());
  }
}

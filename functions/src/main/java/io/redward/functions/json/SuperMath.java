package io.redward.functions.json;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Numbers;
import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;

/// Arithmetic of SUPER numbers, whose type is known only when it runs. NULL where an operand is no
/// number. Whole numbers divide as integers do.
public final class SuperMath {
  private static final MathContext DIGITS = new MathContext(38);
  private static final int FRACTION_DIGITS = 20;

  private SuperMath() {}

  private static boolean isNumber(byte[] page, int offset) {
    return page[offset] == '-' || page[offset] >= '0' && page[offset] <= '9';
  }

  static BigDecimal number(byte[] page, int offset, int length) {
    return new BigDecimal(Numbers.text(page, offset, length));
  }

  private static boolean areNumbers(byte[] a, int ao, byte[] b, int bo, ValueOut out) {
    out.isNull = !isNumber(a, ao) || !isNumber(b, bo);
    return !out.isNull;
  }

  private static void put(BigDecimal value, ValueOut out) {
    byte[] text = value.round(DIGITS).toPlainString().getBytes(StandardCharsets.US_ASCII);
    out.bytes(text, 0, text.length);
  }

  public static void add(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    if (areNumbers(a, ao, b, bo, out)) {
      put(number(a, ao, al).add(number(b, bo, bl)), out);
    }
  }

  public static void subtract(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    if (areNumbers(a, ao, b, bo, out)) {
      put(number(a, ao, al).subtract(number(b, bo, bl)), out);
    }
  }

  public static void multiply(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    if (areNumbers(a, ao, b, bo, out)) {
      put(number(a, ao, al).multiply(number(b, bo, bl)), out);
    }
  }

  public static void divide(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    if (!areNumbers(a, ao, b, bo, out)) {
      return;
    }
    BigDecimal left = number(a, ao, al);
    BigDecimal right = number(b, bo, bl);
    requireNonZero(right);
    boolean whole = left.scale() <= 0 && right.scale() <= 0;
    BigDecimal quotient =
        whole
            ? left.divideToIntegralValue(right)
            : plain(left.divide(right, FRACTION_DIGITS, java.math.RoundingMode.HALF_UP));
    put(quotient, out);
  }

  public static void modulo(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    if (areNumbers(a, ao, b, bo, out)) {
      BigDecimal right = number(b, bo, bl);
      requireNonZero(right);
      put(number(a, ao, al).remainder(right), out);
    }
  }

  private static void requireNonZero(BigDecimal divisor) {
    if (divisor.signum() == 0) {
      throw SqlException.ofValue(SqlState.DIVISION_BY_ZERO, "Divide by zero");
    }
  }

  /// A number without zeros that end its fraction.
  public static void plain(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = !isNumber(page, offset);
    if (!out.isNull) {
      put(plain(number(page, offset, length)), out);
    }
  }

  private static BigDecimal plain(BigDecimal value) {
    BigDecimal stripped = value.stripTrailingZeros();
    return stripped.scale() < 0 ? stripped.setScale(0) : stripped;
  }

  /// Whether two values are the same: numbers by value, all else by text.
  static boolean areSame(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    return java.util.Arrays.equals(a, ao, ao + al, b, bo, bo + bl)
        || isNumber(a, ao)
            && isNumber(b, bo)
            && number(a, ao, al).compareTo(number(b, bo, bl)) == 0;
  }

  /// Numbers by value, then strings by bytes, then all else; for sorting.
  static int compare(byte[] a, int ao, int al, byte[] b, int bo, int bl) {
    int kinds = Integer.compare(rank(a, ao), rank(b, bo));
    if (kinds != 0) {
      return kinds;
    }
    return isNumber(a, ao)
        ? number(a, ao, al).compareTo(number(b, bo, bl))
        : java.util.Arrays.compareUnsigned(a, ao, ao + al, b, bo, bo + bl);
  }

  /// The order of two values of a kind that has one; NULL for others.
  public static int compare(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    int kind = rank(a, ao);
    out.isNull = kind != rank(b, bo) || kind > 2;
    return out.isNull ? 0 : compare(a, ao, al, b, bo, bl);
  }

  private static int rank(byte[] page, int offset) {
    return switch (page[offset]) {
      case 'f', 't' -> 0;
      case '"' -> 2;
      case '[' -> 3;
      case '{' -> 4;
      case 'n' -> 5;
      default -> 1;
    };
  }
}

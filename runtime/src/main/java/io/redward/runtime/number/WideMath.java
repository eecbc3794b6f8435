package io.redward.runtime.number;

import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.Int128;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/// Operations on unscaled decimals of 128 bits, given as (high, low). Values that fit 64 bits take
/// short cuts; the rest goes through big integers, which is slow and right.
public final class WideMath {
  private static final BigInteger[] POWERS = new BigInteger[78];
  private static final long[] LIMIT_HIGH = new long[39];
  private static final long[] LIMIT_LOW = new long[39];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = BigInteger.TEN.pow(i);
    }
    for (int i = 0; i < LIMIT_HIGH.length; i++) {
      Int128 limit = Int128.of(POWERS[i]);
      LIMIT_HIGH[i] = limit.high();
      LIMIT_LOW[i] = limit.low();
    }
  }

  private WideMath() {}

  /// The high word of a sum whose low word is `low` and one of whose addends' low words is
  /// `addendLow`.
  public static long addHigh(long leftHigh, long rightHigh, long low, long addendLow) {
    long carry = Long.compareUnsigned(low, addendLow) < 0 ? 1 : 0;
    long high = leftHigh + rightHigh + carry;
    if (((leftHigh ^ high) & (rightHigh ^ high)) < 0) {
      throw NumberErrors.decimalOverflow();
    }
    return high;
  }

  /// The high word of a difference of the given words.
  public static long subtractHigh(long leftHigh, long rightHigh, long leftLow, long rightLow) {
    long borrow = Long.compareUnsigned(leftLow, rightLow) < 0 ? 1 : 0;
    long high = leftHigh - rightHigh - borrow;
    if (((leftHigh ^ rightHigh) & (leftHigh ^ high)) < 0) {
      throw NumberErrors.decimalOverflow();
    }
    return high;
  }

  public static int compare(long leftHigh, long leftLow, long rightHigh, long rightLow) {
    return leftHigh != rightHigh
        ? Long.compare(leftHigh, rightHigh)
        : Long.compareUnsigned(leftLow, rightLow);
  }

  /// Fails if the value has more than `precision` digits.
  public static void check(long high, long low, int precision) {
    if (high != low >> 63 || precision < 19) {
      checkWide(high, low, precision);
    }
  }

  private static void checkWide(long high, long low, int precision) {
    boolean negative = high < 0;
    long absoluteHigh = negative ? ~high + (low == 0 ? 1 : 0) : high;
    long absoluteLow = negative ? -low : low;
    if (absoluteHigh < 0
        || compare(absoluteHigh, absoluteLow, LIMIT_HIGH[precision], LIMIT_LOW[precision]) >= 0) {
      throw NumberErrors.decimalOverflow();
    }
  }

  /// The value as a `long`; fails if it does not fit.
  public static long toLong(long high, long low) {
    if (high != low >> 63) {
      throw NumberErrors.decimalOverflow();
    }
    return low;
  }

  public static void negate(long high, long low, ValueOut out) {
    out.int128(~high + (low == 0 ? 1 : 0), -low);
  }

  /// The product, times ten to the power of `scaleDown` less, rounded.
  public static void multiply(
      long leftHigh, long leftLow, long rightHigh, long rightLow, int scaleDown, ValueOut out) {
    if (leftHigh == leftLow >> 63 && rightHigh == rightLow >> 63 && scaleDown == 0) {
      out.int128(Math.multiplyHigh(leftLow, rightLow), leftLow * rightLow);
      return;
    }
    BigInteger product = big(leftHigh, leftLow).multiply(big(rightHigh, rightLow));
    put(divideRounded(product, POWERS[scaleDown]), out);
  }

  /// `left * 10^scaleUp / right`, rounded half away from zero. `scaleUp` may be negative.
  public static void divide(
      long leftHigh, long leftLow, long rightHigh, long rightLow, int scaleUp, ValueOut out) {
    if ((rightHigh | rightLow) == 0) {
      throw NumberErrors.divisionByZero();
    }
    if (leftHigh == leftLow >> 63
        && rightHigh == rightLow >> 63
        && scaleUp >= 0
        && scaleUp <= 18
        && rightLow != Long.MIN_VALUE) {
      long dividend = leftLow * DecimalMath.POWERS[scaleUp];
      if (Math.multiplyHigh(leftLow, DecimalMath.POWERS[scaleUp]) == dividend >> 63
          && dividend != Long.MIN_VALUE) {
        long divisor = Math.abs(rightLow);
        long quotient = DecimalMath.divideRounded(rightLow < 0 ? -dividend : dividend, divisor);
        out.int128(quotient >> 63, quotient);
        return;
      }
    }
    BigInteger dividend = big(leftHigh, leftLow);
    BigInteger divisor = big(rightHigh, rightLow);
    if (scaleUp >= 0) {
      dividend = dividend.multiply(POWERS[scaleUp]);
    } else {
      divisor = divisor.multiply(POWERS[-scaleUp]);
    }
    put(divideRounded(dividend, divisor), out);
  }

  public static void modulo(
      long leftHigh, long leftLow, long rightHigh, long rightLow, ValueOut out) {
    if ((rightHigh | rightLow) == 0) {
      throw NumberErrors.divisionByZero();
    }
    put(big(leftHigh, leftLow).remainder(big(rightHigh, rightLow)), out);
  }

  /// The value at a scale that is `digits` higher (lower if negative, rounded).
  public static void rescale(long high, long low, int digits, ValueOut out) {
    if (digits == 0) {
      out.int128(high, low);
    } else if (high == low >> 63 && digits > 0 && digits <= 18) {
      long power = DecimalMath.POWERS[digits];
      out.int128(Math.multiplyHigh(low, power), low * power);
    } else if (high == low >> 63 && digits < 0 && digits >= -18) {
      long quotient = DecimalMath.divideRounded(low, DecimalMath.POWERS[-digits]);
      out.int128(quotient >> 63, quotient);
    } else if (digits > 0) {
      put(big(high, low).multiply(POWERS[digits]), out);
    } else {
      put(divideRounded(big(high, low), POWERS[-digits]), out);
    }
  }

  public static double toDouble(long high, long low, int scale) {
    if (high == low >> 63) {
      return DecimalMath.toDouble(low, scale);
    }
    return new BigDecimal(big(high, low), scale).doubleValue();
  }

  public static void fromDouble(double value, int precision, int scale, ValueOut out) {
    put(fromDoubleExact(value, precision, scale), out);
  }

  static BigInteger fromDoubleExact(double value, int precision, int scale) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw NumberErrors.decimalOverflow();
    }
    BigInteger unscaled =
        BigDecimal.valueOf(value).setScale(scale, RoundingMode.HALF_UP).unscaledValue();
    if (unscaled.abs().compareTo(POWERS[precision]) >= 0) {
      throw NumberErrors.decimalOverflow();
    }
    return unscaled;
  }

  public static BigInteger big(long high, long low) {
    return high == low >> 63 ? BigInteger.valueOf(low) : new Int128(high, low).toBigInteger();
  }

  private static BigInteger divideRounded(BigInteger dividend, BigInteger divisor) {
    BigInteger[] parts = dividend.divideAndRemainder(divisor);
    if (parts[1].abs().shiftLeft(1).compareTo(divisor.abs()) < 0) {
      return parts[0];
    }
    boolean negative = dividend.signum() * divisor.signum() < 0;
    return negative ? parts[0].subtract(BigInteger.ONE) : parts[0].add(BigInteger.ONE);
  }

  private static void put(BigInteger value, ValueOut out) {
    if (value.bitLength() > 127) {
      throw NumberErrors.decimalOverflow();
    }
    out.int128(value.shiftRight(64).longValue(), value.longValue());
  }
}

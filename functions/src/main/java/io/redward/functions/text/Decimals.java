package io.redward.functions.text;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;

/// Decimals as text. A value is its unscaled integer: one `long` up to 18 digits, two beyond.
/// Digits after the scale are rounded half away from zero.
public final class Decimals {
  /// Enough for any decimal: 38 digits, sign, point and a zero before it.
  public static final int LONGEST = 41;

  private static final int MAX_EXPONENT = 1_000;
  private static final int LONG_DIGITS = SqlType.MAX_LONG_DECIMAL_PRECISION;
  private static final long NOT_PLAIN = Long.MIN_VALUE;

  private Decimals() {}

  /// A decimal of up to 18 digits.
  public static long parseLong(byte[] bytes, int offset, int length, int precision, int scale) {
    long plain = plain(bytes, offset, length, precision, scale);
    return plain != NOT_PLAIN
        ? plain
        : fit(parse(bytes, offset, length), precision, scale).longValueExact();
  }

  /// A decimal of up to 38 digits.
  public static void parse(
      byte[] bytes, int offset, int length, int precision, int scale, ValueOut out) {
    long plain = plain(bytes, offset, length, precision, scale);
    if (plain != NOT_PLAIN) {
      out.int128(plain >> 63, plain);
    } else {
      put(fit(parse(bytes, offset, length), precision, scale), out);
    }
  }

  /// Sign, digits, point, digits, as long as all fits 18 digits and needs no rounding.
  private static long plain(byte[] bytes, int offset, int length, int precision, int scale) {
    int at = offset;
    int end = offset + length;
    boolean negative = at < end && bytes[at] == '-';
    if (negative) {
      at++;
    }
    long value = 0;
    int digits = 0;
    int fraction = -1;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit >= 0 && digit <= 9) {
        value = value * 10 + digit;
        digits++;
        fraction += fraction >= 0 ? 1 : 0;
      } else if (bytes[at] == '.' && fraction < 0) {
        fraction = 0;
      } else {
        return NOT_PLAIN;
      }
    }
    int missing = scale - Math.max(fraction, 0);
    if (digits == 0 || missing < 0 || digits + missing > Math.min(precision, LONG_DIGITS)) {
      return NOT_PLAIN;
    }
    value *= Numbers.power(missing);
    return negative ? -value : value;
  }

  /// Any number: blanks around it, an exponent.
  ///
  /// @throws SqlException 22P02 if it is none
  public static BigDecimal parse(byte[] bytes, int offset, int length) {
    String text = Numbers.text(bytes, offset, length).strip();
    try {
      BigDecimal value = new BigDecimal(text);
      if (Math.abs((long) value.scale()) > MAX_EXPONENT) {
        throw overflow();
      }
      return value;
    } catch (NumberFormatException _) {
      throw SqlException.ofValue(
          SqlState.INVALID_TEXT_REPRESENTATION,
          "invalid input syntax for type numeric: \"" + text + "\"");
    }
  }

  /// The unscaled value at this scale.
  ///
  /// @throws SqlException 22003 if it has more than `precision` digits
  public static BigInteger fit(BigDecimal value, int precision, int scale) {
    BigDecimal scaled = value.setScale(scale, RoundingMode.HALF_UP);
    if (scaled.precision() > precision && scaled.signum() != 0) {
      throw overflow();
    }
    return scaled.unscaledValue();
  }

  public static void put(BigInteger unscaled, ValueOut out) {
    out.int128(unscaled.shiftRight(64).longValue(), unscaled.longValue());
  }

  public static BigDecimal value(long high, long low, int scale) {
    return high == low >> 63
        ? BigDecimal.valueOf(low, scale)
        : new BigDecimal(new Int128(high, low).toBigInteger(), scale);
  }

  /// Writes a decimal and answers the index after it; needs [#LONGEST] bytes.
  public static int put(byte[] buffer, int at, long unscaled, int scale) {
    if (scale == 0) {
      return Numbers.put(buffer, at, unscaled);
    }
    if (scale > LONG_DIGITS || unscaled == Long.MIN_VALUE) {
      return put(buffer, at, BigDecimal.valueOf(unscaled, scale));
    }
    if (unscaled < 0) {
      buffer[at++] = '-';
      unscaled = -unscaled;
    }
    at = Numbers.put(buffer, at, unscaled / Numbers.power(scale));
    buffer[at++] = '.';
    return Numbers.putPadded(buffer, at, unscaled % Numbers.power(scale), scale);
  }

  /// Writes a decimal of two words and answers the index after it; needs [#LONGEST] bytes.
  public static int put(byte[] buffer, int at, long high, long low, int scale) {
    return high == low >> 63
        ? put(buffer, at, low, scale)
        : put(buffer, at, value(high, low, scale));
  }

  private static int put(byte[] buffer, int at, BigDecimal value) {
    byte[] text = value.toPlainString().getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, buffer, at, text.length);
    return at + text.length;
  }

  public static SqlException overflow() {
    return SqlException.ofValue(
        SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "Numeric data overflow (result precision)");
  }
}

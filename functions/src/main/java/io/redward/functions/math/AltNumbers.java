package io.redward.functions.math;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.Int128;
import io.redward.functions.text.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Numbers written in Teradata's ways: a sign before or after the digits, a currency sign and
/// commas among them, and in a format with `S` a last letter that stands for a digit and the sign.
public final class AltNumbers {
  private static final String PLUS = "{ABCDEFGHI";
  private static final String MINUS = "}JKLMNOPQR";
  private static final int MAX_DIGITS = 38;

  private AltNumbers() {}

  public static int toInt(byte[] page, int offset, int length) {
    return toInt(page, offset, length, page, offset, 0);
  }

  public static int toInt(byte[] page, int offset, int length, byte[] format, int fo, int fl) {
    BigDecimal number = number(page, offset, length, Numbers.text(format, fo, fl));
    try {
      return number.setScale(0, RoundingMode.DOWN).intValueExact();
    } catch (ArithmeticException _) {
      throw SqlException.ofValue(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          "value \"" + Numbers.text(page, offset, length) + "\" is out of range for type integer");
    }
  }

  public static void toNumeric(byte[] page, int offset, int length, ValueOut out) {
    toNumeric(page, offset, length, page, offset, 0, out);
  }

  /// Rounded to the nearest integer, half way to the even one.
  public static void toNumeric(
      byte[] page, int offset, int length, byte[] format, int fo, int fl, ValueOut out) {
    BigDecimal number =
        number(page, offset, length, Numbers.text(format, fo, fl))
            .setScale(0, RoundingMode.HALF_EVEN);
    if (number.precision() > MAX_DIGITS) {
      throw SqlException.ofValue(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "Numeric data overflow");
    }
    Int128 value = Int128.of(number.unscaledValue());
    out.int128(value.high(), value.low());
  }

  /// The numeral of the number rounded to some digits after the point, half way to the even one.
  public static void toNumeral(
      byte[] page, int offset, int length, byte[] format, int fo, int fl, int scale, ValueOut out) {
    BigDecimal number =
        number(page, offset, length, Numbers.text(format, fo, fl))
            .setScale(scale, RoundingMode.HALF_EVEN);
    byte[] numeral = number.toPlainString().getBytes(StandardCharsets.US_ASCII);
    out.bytes(numeral, 0, numeral.length);
  }

  private static BigDecimal number(byte[] page, int offset, int length, String format) {
    String written = Numbers.text(page, offset, length);
    if (written.isBlank()) {
      return BigDecimal.ZERO;
    }
    StringBuilder digits = new StringBuilder();
    boolean negative = false;
    boolean zoned = format.toUpperCase(Locale.ROOT).contains("S");
    int exponent = zoned ? -1 : exponentAt(written);
    for (int i = 0; i < (exponent < 0 ? written.length() : exponent); i++) {
      char letter = Character.toUpperCase(written.charAt(i));
      boolean last = i == written.stripTrailing().length() - 1;
      if (letter >= '0' && letter <= '9' || letter == '.') {
        digits.append(letter);
      } else if (zoned && last && PLUS.indexOf(letter) >= 0) {
        digits.append(PLUS.indexOf(letter));
      } else if (zoned && last && MINUS.indexOf(letter) >= 0) {
        digits.append(MINUS.indexOf(letter));
        negative = true;
      } else if (letter == '-') {
        negative = true;
      } else if (" +,$%".indexOf(letter) < 0) {
        throw invalid(written);
      }
    }
    try {
      int power = exponent < 0 ? 0 : Integer.parseInt(written.substring(exponent + 1).strip());
      BigDecimal number =
          new BigDecimal(digits.toString()).movePointLeft(implied(format)).scaleByPowerOfTen(power);
      return negative ? number.negate() : number;
    } catch (NumberFormatException _) {
      throw invalid(written);
    }
  }

  /// Where the `E` of an exponent stands, -1 if there is none.
  private static int exponentAt(String written) {
    int at = written.toUpperCase(Locale.ROOT).indexOf('E');
    return at > 0 && at + 1 < written.length() ? at : -1;
  }

  private static SqlException invalid(String written) {
    return SqlException.ofValue(
        SqlState.INVALID_TEXT_REPRESENTATION,
        "invalid input syntax for type numeric: \"" + written + "\"");
  }

  /// The digits after a format's `V`, where the point is that is not written; `9(4)` are four.
  private static int implied(String format) {
    int point = format.toUpperCase(Locale.ROOT).indexOf('V');
    int count = 0;
    for (int i = point + 1; point >= 0 && i < format.length(); i++) {
      if (format.charAt(i) == '(') {
        int close = format.indexOf(')', i);
        int times = close < 0 ? 1 : Integer.parseInt(format, i + 1, close, 10);
        count += times - 1;
        i = close < 0 ? format.length() : close;
      } else if (format.charAt(i) == '9' || format.charAt(i) == 'Z' || format.charAt(i) == 'z') {
        count++;
      }
    }
    return count;
  }
}

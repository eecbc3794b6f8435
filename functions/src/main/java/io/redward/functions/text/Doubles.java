package io.redward.functions.text;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// Floating-point numbers as text: up to 15 significant digits of a DOUBLE, 6 of a REAL,
/// scientific where the exponent is under -4 or not under the number of digits.
public final class Doubles {
  /// Enough for any number.
  public static final int LONGEST = 32;

  private static final MathContext DOUBLE_DIGITS = new MathContext(15, RoundingMode.HALF_EVEN);
  private static final MathContext REAL_DIGITS = new MathContext(6, RoundingMode.HALF_EVEN);

  private Doubles() {}

  public static double parseDouble(byte[] bytes, int offset, int length) {
    String text = Numbers.text(bytes, offset, length).strip();
    double value = parse(text, "double precision");
    if (Double.isInfinite(value) && Character.isDigit(text.charAt(text.length() - 1))) {
      throw outOfRange(text, "double precision");
    }
    return value;
  }

  /// A REAL, as a double that holds a float.
  public static double parseReal(byte[] bytes, int offset, int length) {
    String text = Numbers.text(bytes, offset, length).strip();
    float value = (float) parse(text, "real");
    if (Float.isInfinite(value) && Character.isDigit(text.charAt(text.length() - 1))) {
      throw outOfRange(text, "real");
    }
    return value;
  }

  private static double parse(String text, String type) {
    if (!text.isEmpty()) {
      char last = text.charAt(text.length() - 1);
      if (Character.isDigit(last) || last == '.') {
        try {
          return Double.parseDouble(text);
        } catch (NumberFormatException _) {
          throw invalid(text, type);
        }
      }
      switch (text.toLowerCase(Locale.ROOT)) {
        case "nan" -> {
          return Double.NaN;
        }
        case "inf", "infinity", "+inf", "+infinity" -> {
          return Double.POSITIVE_INFINITY;
        }
        case "-inf", "-infinity" -> {
          return Double.NEGATIVE_INFINITY;
        }
        default -> {}
      }
    }
    throw invalid(text, type);
  }

  private static SqlException invalid(String text, String type) {
    return SqlException.ofValue(
        SqlState.INVALID_TEXT_REPRESENTATION,
        "invalid input syntax for type " + type + ": \"" + text + "\"");
  }

  private static SqlException outOfRange(String text, String type) {
    return SqlException.ofValue(
        SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "\"" + text + "\" is out of range for type " + type);
  }

  /// Writes a DOUBLE and answers the index after it; needs [#LONGEST] bytes.
  public static int putDouble(byte[] buffer, int at, double value) {
    if (value == (long) value && Math.abs(value) < 1e15 && (value != 0 || 1 / value > 0)) {
      return Numbers.put(buffer, at, (long) value);
    }
    return put(buffer, at, text(value, DOUBLE_DIGITS));
  }

  /// Writes a REAL and answers the index after it; needs [#LONGEST] bytes.
  public static int putReal(byte[] buffer, int at, double value) {
    return put(buffer, at, text(value, REAL_DIGITS));
  }

  private static int put(byte[] buffer, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      buffer[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }

  private static String text(double value, MathContext digits) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal rounded = rounded(value, digits).stripTrailingZeros();
    int exponent = rounded.precision() - rounded.scale() - 1;
    if (exponent >= -4 && exponent < digits.getPrecision()) {
      return rounded.toPlainString();
    }
    String significant = rounded.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder(LONGEST);
    text.append(value < 0 ? "-" : "").append(significant.charAt(0));
    if (significant.length() > 1) {
      text.append('.').append(significant, 1, significant.length());
    }
    text.append(exponent < 0 ? "e-" : "e+");
    int magnitude = Math.abs(exponent);
    return text.append(magnitude < 10 ? "0" : "").append(magnitude).toString();
  }

  /// The shortest digits that denote the value are its rounded digits if they are few enough.
  private static BigDecimal rounded(double value, MathContext digits) {
    BigDecimal shortest = new BigDecimal(Double.toString(value));
    return shortest.precision() <= digits.getPrecision()
        ? shortest
        : new BigDecimal(value).round(digits);
  }

  /// The text of a DOUBLE.
  public static String text(double value) {
    byte[] buffer = new byte[LONGEST];
    return new String(buffer, 0, putDouble(buffer, 0, value), StandardCharsets.US_ASCII);
  }
}

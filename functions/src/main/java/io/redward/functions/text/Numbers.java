package io.redward.functions.text;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.nio.charset.StandardCharsets;

/// Integers and booleans as text.
public final class Numbers {
  /// Enough for any `long`.
  public static final int LONGEST = 20;

  private static final byte[] LEAST =
      Long.toString(Long.MIN_VALUE).getBytes(StandardCharsets.US_ASCII);
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private Numbers() {}

  /// 10 to the `exponent`, 0 to 18.
  public static long power(int exponent) {
    return POWERS[exponent];
  }

  public static short parseShort(byte[] bytes, int offset, int length) {
    long value = parse(bytes, offset, length, "smallint");
    if (value != (short) value) {
      throw outOfRange(bytes, offset, length, "smallint");
    }
    return (short) value;
  }

  public static int parseInt(byte[] bytes, int offset, int length) {
    long value = parse(bytes, offset, length, "integer");
    if (value != (int) value) {
      throw outOfRange(bytes, offset, length, "integer");
    }
    return (int) value;
  }

  public static long parseLong(byte[] bytes, int offset, int length) {
    return parse(bytes, offset, length, "bigint");
  }

  /// Blanks around the number are allowed, nothing else is.
  private static long parse(byte[] bytes, int offset, int length, String type) {
    int at = offset;
    int end = offset + length;
    while (at < end && isBlank(bytes[at])) {
      at++;
    }
    while (end > at && isBlank(bytes[end - 1])) {
      end--;
    }
    boolean negative = at < end && bytes[at] == '-';
    if (negative || at < end && bytes[at] == '+') {
      at++;
    }
    if (at >= end) {
      throw invalid(bytes, offset, length);
    }
    // Collected as a negative number, whose range is the larger.
    long value = 0;
    for (; at < end; at++) {
      int digit = bytes[at] - '0';
      if (digit < 0 || digit > 9) {
        throw invalid(bytes, offset, length);
      }
      if (value < Long.MIN_VALUE / 10 || value * 10 < Long.MIN_VALUE + digit) {
        throw outOfRange(bytes, offset, length, type);
      }
      value = value * 10 - digit;
    }
    if (!negative && value == Long.MIN_VALUE) {
      throw outOfRange(bytes, offset, length, type);
    }
    return negative ? value : -value;
  }

  /// `t`, `true`, `y`, `yes`, `1`, `on` and their opposites, in any case; beginnings of the words
  /// too.
  public static boolean parseBoolean(byte[] bytes, int offset, int length) {
    int at = offset;
    int end = offset + length;
    while (at < end && isBlank(bytes[at])) {
      at++;
    }
    while (end > at && isBlank(bytes[end - 1])) {
      end--;
    }
    int size = end - at;
    if (size == 1 && (bytes[at] == '1' || bytes[at] == '0')) {
      return bytes[at] == '1';
    }
    if (size > 0) {
      if (begins("true", bytes, at, size) || begins("yes", bytes, at, size)) {
        return true;
      }
      if (begins("false", bytes, at, size) || begins("no", bytes, at, size)) {
        return false;
      }
      if (size == 2 && begins("on", bytes, at, size)) {
        return true;
      }
      if (size >= 2 && begins("off", bytes, at, size)) {
        return false;
      }
    }
    throw SqlException.ofValue(
        SqlState.INVALID_TEXT_REPRESENTATION,
        "invalid input syntax for type boolean: \"" + text(bytes, offset, length) + "\"");
  }

  private static boolean begins(String word, byte[] bytes, int at, int size) {
    if (size > word.length()) {
      return false;
    }
    for (int i = 0; i < size; i++) {
      if ((bytes[at + i] | 0x20) != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /// Writes a number and answers the index after it; needs [#LONGEST] bytes.
  public static int put(byte[] buffer, int at, long value) {
    if (value == Long.MIN_VALUE) {
      System.arraycopy(LEAST, 0, buffer, at, LEAST.length);
      return at + LEAST.length;
    }
    if (value < 0) {
      buffer[at++] = '-';
      value = -value;
    }
    int digits = 1;
    while (digits < 19 && value >= POWERS[digits]) {
      digits++;
    }
    return putPadded(buffer, at, value, digits);
  }

  /// Writes the last `digits` digits of a number that is not negative.
  public static int putPadded(byte[] buffer, int at, long value, int digits) {
    for (int i = at + digits - 1; i >= at; i--) {
      buffer[i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    return at + digits;
  }

  static boolean isBlank(byte value) {
    return value == ' ' || value >= '\t' && value <= '\r';
  }

  /// The bytes as a string, for messages.
  public static String text(byte[] bytes, int offset, int length) {
    return new String(bytes, offset, length, StandardCharsets.UTF_8);
  }

  private static SqlException invalid(byte[] bytes, int offset, int length) {
    return SqlException.ofValue(
        SqlState.INVALID_TEXT_REPRESENTATION,
        "invalid input syntax for integer: \"" + text(bytes, offset, length) + "\"");
  }

  private static SqlException outOfRange(byte[] bytes, int offset, int length, String type) {
    return SqlException.ofValue(
        SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
        "value \"" + text(bytes, offset, length) + "\" is out of range for type " + type);
  }
}

package io.redward.gateway.pgwire;

import io.redward.foundation.types.Int128;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;

/// Values as text, written straight into the message: dates in ISO style, decimals with their
// scale,
/// doubles as PostgreSQL prints them.
final class TextForm {
  private static final long MICROS_PER_DAY = 86_400_000_000L;
  private static final int LONGEST_NUMBER = 48;
  private static final long[] POWERS = new long[19];

  static {
    POWERS[0] = 1;
    for (int i = 1; i < POWERS.length; i++) {
      POWERS[i] = POWERS[i - 1] * 10;
    }
  }

  private TextForm() {}

  static void integer(MessageWriter out, long value) {
    byte[] buffer = out.reserve(LONGEST_NUMBER);
    out.advanceTo(putLong(buffer, out.position(), value));
  }

  static void decimal(MessageWriter out, long unscaled, int scale) {
    if (scale == 0) {
      integer(out, unscaled);
      return;
    }
    if (scale >= POWERS.length || unscaled == Long.MIN_VALUE) {
      ascii(out, BigDecimal.valueOf(unscaled, scale).toPlainString());
      return;
    }
    byte[] buffer = out.reserve(LONGEST_NUMBER);
    int at = out.position();
    if (unscaled < 0) {
      buffer[at++] = '-';
      unscaled = -unscaled;
    }
    at = putLong(buffer, at, unscaled / POWERS[scale]);
    buffer[at++] = '.';
    out.advanceTo(putPadded(buffer, at, unscaled % POWERS[scale], scale));
  }

  static void decimal(MessageWriter out, long high, long low, int scale) {
    if (high == low >> 63) {
      decimal(out, low, scale);
    } else {
      ascii(out, new BigDecimal(new Int128(high, low).toBigInteger(), scale).toPlainString());
    }
  }

  static void real(MessageWriter out, float value) {
    ascii(out, floating(value, Float.toString(value)));
  }

  static void floating(MessageWriter out, double value) {
    ascii(out, floating(value, Double.toString(value)));
  }

  /// Java's shortest digits in PostgreSQL's notation: no point for whole numbers, exponents of two
  // digits
  /// at least, scientific from 1e15 up and under 1e-4.
  private static String floating(double value, String digits) {
    if (Double.isNaN(value)) {
      return "NaN";
    }
    if (Double.isInfinite(value)) {
      return value > 0 ? "Infinity" : "-Infinity";
    }
    if (value == 0) {
      return 1 / value < 0 ? "-0" : "0";
    }
    BigDecimal exact = new BigDecimal(digits).stripTrailingZeros();
    int exponent = exact.precision() - exact.scale() - 1;
    if (exponent >= -5 && exponent < 15) {
      return exact.toPlainString();
    }
    String unscaled = exact.unscaledValue().abs().toString();
    StringBuilder text = new StringBuilder();
    if (value < 0) {
      text.append('-');
    }
    text.append(unscaled.charAt(0));
    if (unscaled.length() > 1) {
      text.append('.').append(unscaled, 1, unscaled.length());
    }
    text.append('e').append(exponent < 0 ? '-' : '+');
    int magnitude = Math.abs(exponent);
    return text.append(magnitude < 10 ? "0" : "").append(magnitude).toString();
  }

  static void date(MessageWriter out, int days) {
    byte[] buffer = out.reserve(LONGEST_NUMBER);
    LocalDate date = LocalDate.ofEpochDay(days);
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    int at = putDate(buffer, out.position(), year, date.getMonthValue(), date.getDayOfMonth());
    out.advanceTo(putEra(buffer, at, date.getYear()));
  }

  static void time(MessageWriter out, long micros) {
    byte[] buffer = out.reserve(LONGEST_NUMBER);
    out.advanceTo(putTime(buffer, out.position(), micros));
  }

  static void timestamp(MessageWriter out, long micros) {
    byte[] buffer = out.reserve(LONGEST_NUMBER);
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(micros, MICROS_PER_DAY));
    int at = putTimestamp(buffer, out.position(), date, micros);
    out.advanceTo(putEra(buffer, at, date.getYear()));
  }

  /// A UTC instant in a zone that is `offsetSeconds` east of UTC at that time.
  static void timestampTz(MessageWriter out, long micros, int offsetSeconds) {
    byte[] buffer = out.reserve(LONGEST_NUMBER);
    long local = micros + offsetSeconds * 1_000_000L;
    LocalDate date = LocalDate.ofEpochDay(Math.floorDiv(local, MICROS_PER_DAY));
    int at = putTimestamp(buffer, out.position(), date, local);
    at = putOffset(buffer, at, offsetSeconds);
    out.advanceTo(putEra(buffer, at, date.getYear()));
  }

  static void timeTz(MessageWriter out, long packed) {
    byte[] buffer = out.reserve(LONGEST_NUMBER);
    int offsetSeconds = timeTzOffset(packed);
    int at = putTime(buffer, out.position(), timeTzLocalMicros(packed));
    out.advanceTo(putOffset(buffer, at, offsetSeconds));
  }

  static int timeTzOffset(long packed) {
    return (int) (packed & 0x3FFFF) - 131_072;
  }

  static long timeTzLocalMicros(long packed) {
    return (packed >> 18) - MICROS_PER_DAY + timeTzOffset(packed) * 1_000_000L;
  }

  static void ascii(MessageWriter out, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.bytes(bytes, 0, bytes.length);
  }

  private static int putTimestamp(byte[] buffer, int at, LocalDate date, long micros) {
    int year = date.getYear() > 0 ? date.getYear() : 1 - date.getYear();
    at = putDate(buffer, at, year, date.getMonthValue(), date.getDayOfMonth());
    buffer[at++] = ' ';
    return putTime(buffer, at, Math.floorMod(micros, MICROS_PER_DAY));
  }

  private static int putEra(byte[] buffer, int at, int year) {
    if (year <= 0) {
      buffer[at++] = ' ';
      buffer[at++] = 'B';
      buffer[at++] = 'C';
    }
    return at;
  }

  private static int putDate(byte[] buffer, int at, int year, int month, int day) {
    at = year < 10_000 ? putPadded(buffer, at, year, 4) : putLong(buffer, at, year);
    buffer[at++] = '-';
    at = putPadded(buffer, at, month, 2);
    buffer[at++] = '-';
    return putPadded(buffer, at, day, 2);
  }

  private static int putTime(byte[] buffer, int at, long micros) {
    long seconds = micros / 1_000_000;
    at = putPadded(buffer, at, seconds / 3600, 2);
    buffer[at++] = ':';
    at = putPadded(buffer, at, seconds / 60 % 60, 2);
    buffer[at++] = ':';
    at = putPadded(buffer, at, seconds % 60, 2);
    long fraction = micros % 1_000_000;
    if (fraction != 0) {
      int digits = 6;
      while (fraction % 10 == 0) {
        fraction /= 10;
        digits--;
      }
      buffer[at++] = '.';
      at = putPadded(buffer, at, fraction, digits);
    }
    return at;
  }

  private static int putOffset(byte[] buffer, int at, int offsetSeconds) {
    int magnitude = Math.abs(offsetSeconds);
    buffer[at++] = (byte) (offsetSeconds < 0 ? '-' : '+');
    at = putPadded(buffer, at, magnitude / 3600, 2);
    if (magnitude % 3600 != 0) {
      buffer[at++] = ':';
      at = putPadded(buffer, at, magnitude / 60 % 60, 2);
    }
    return at;
  }

  private static int putPadded(byte[] buffer, int at, long value, int digits) {
    for (int i = at + digits - 1; i >= at; i--) {
      buffer[i] = (byte) ('0' + value % 10);
      value /= 10;
    }
    return at + digits;
  }

  private static int putLong(byte[] buffer, int at, long value) {
    if (value == Long.MIN_VALUE) {
      byte[] text = "-9223372036854775808".getBytes(StandardCharsets.US_ASCII);
      System.arraycopy(text, 0, buffer, at, text.length);
      return at + text.length;
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
}

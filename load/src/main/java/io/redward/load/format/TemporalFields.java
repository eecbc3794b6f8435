package io.redward.load.format;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.spi.CopyRequest.Conversion;

/// Dates and times of a column: ISO forms digit by digit, DATEFORMAT and TIMEFORMAT by the
// functions'
/// format patterns, seconds or milliseconds since 1970, and otherwise what a cast from text takes.
final class TemporalFields {
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private final SqlType type;
  private final Conversion conversion;
  private final TemporalText text;

  TemporalFields(SqlType type, Conversion conversion) {
    this.type = type;
    this.conversion = conversion;
    this.text = new TemporalText(type, pattern(type, conversion));
  }

  private static String pattern(SqlType type, Conversion conversion) {
    return switch (type.kind()) {
      case DATE -> conversion.dateFormat();
      default -> conversion.timeFormat();
    };
  }

  /// Days of a DATE, else the `long` of the type.
  long parse(byte[] bytes, int offset, int length) {
    switch (conversion.timeFormat()) {
      case "epochsecs", "epochmillisecs" -> {
        if (type.kind() != TypeKind.DATE) {
          return epoch(bytes, offset, length);
        }
      }
      default -> {}
    }
    if (text.isIso()) {
      int days = isoDate(bytes, offset, length);
      if (days != Integer.MIN_VALUE) {
        switch (type.kind()) {
          case DATE -> {
            if (length == 10) {
              return days;
            }
          }
          case TIMESTAMP -> {
            long micros = length == 10 ? 0 : isoTime(bytes, offset + 10, length - 10);
            if (micros >= 0) {
              return days * MICROS_PER_DAY + micros;
            }
          }
          default -> {}
        }
      }
    }
    return text.parse(bytes, offset, length);
  }

  private long epoch(byte[] bytes, int offset, int length) {
    try {
      double units = Double.parseDouble(FieldConverter.ascii(bytes, offset, length));
      double micros = conversion.timeFormat().equals("epochsecs") ? 1e6 : 1e3;
      return Math.round(units * micros);
    } catch (NumberFormatException e) {
      throw new FieldError(FieldError.INVALID_TIMESTAMP, "Invalid timestamp format or value");
    }
  }

  /// `yyyy-mm-dd` at `offset` as days, or `Integer.MIN_VALUE` if it is not that.
  private static int isoDate(byte[] bytes, int offset, int length) {
    if (length < 10 || bytes[offset + 4] != '-' || bytes[offset + 7] != '-') {
      return Integer.MIN_VALUE;
    }
    int year = two(bytes, offset) * 100 + two(bytes, offset + 2);
    int month = two(bytes, offset + 5);
    int day = two(bytes, offset + 8);
    if (year < 1 || month < 1 || month > 12 || day < 1 || day > 28 && day > days(year, month)) {
      return Integer.MIN_VALUE;
    }
    // Days of the civil calendar, counting years from March so that the leap day comes last.
    int shifted = month > 2 ? year : year - 1;
    int monthFromMarch = month > 2 ? month - 3 : month + 9;
    return 365 * shifted
        + shifted / 4
        - shifted / 100
        + shifted / 400
        + (153 * monthFromMarch + 2) / 5
        + day
        - 719_469;
  }

  private static int days(int year, int month) {
    return switch (month) {
      case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /// `[ T]hh:mm:ss[.f…]` as microseconds of the day, or -1 if it is not that.
  private static long isoTime(byte[] bytes, int offset, int length) {
    if (length < 9
        || bytes[offset] != ' ' && bytes[offset] != 'T'
        || bytes[offset + 3] != ':'
        || bytes[offset + 6] != ':') {
      return -1;
    }
    int hour = two(bytes, offset + 1);
    int minute = two(bytes, offset + 4);
    int second = two(bytes, offset + 7);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return -1;
    }
    long micros = ((hour * 60L + minute) * 60 + second) * 1_000_000;
    if (length == 9) {
      return micros;
    }
    if (bytes[offset + 9] != '.' || length > 16 || length == 10) {
      return -1;
    }
    long fraction = 0;
    for (int i = 10; i < 16; i++) {
      int digit = i < length ? bytes[offset + i] - '0' : 0;
      if (digit < 0 || digit > 9) {
        return -1;
      }
      fraction = fraction * 10 + digit;
    }
    return micros + fraction;
  }

  /// Two digits as a number; far below zero if they are not digits.
  private static int two(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return tens < 0 || tens > 9 || ones < 0 || ones > 9 ? -10_000 : tens * 10 + ones;
  }
}

package io.redward.leader.session;

import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.OptionalLong;

/// Reads dates and timestamps in the one form that programs write, `2026-01-31` and `2026-01-31
/// 23:59:59.123456`, quickly. Other forms are for others to read.
final class IsoTimes {
  private static final int DATE_LENGTH = 10;
  private static final int SECONDS_LENGTH = 19;
  private static final long MICROS_PER_DAY = 86_400_000_000L;

  private IsoTimes() {}

  /// Days since 1970.
  static OptionalLong date(String text) {
    return text.length() == DATE_LENGTH ? day(text) : OptionalLong.empty();
  }

  /// Microseconds since 1970.
  static OptionalLong timestamp(String text) {
    int length = text.length();
    if (length != DATE_LENGTH && (length < SECONDS_LENGTH || length > SECONDS_LENGTH + 7)) {
      return OptionalLong.empty();
    }
    OptionalLong day = day(text);
    if (day.isEmpty() || length == DATE_LENGTH) {
      return day.isEmpty() ? day : OptionalLong.of(day.getAsLong() * MICROS_PER_DAY);
    }
    int hour = number(text, 11, 13);
    int minute = number(text, 14, 16);
    int second = number(text, 17, 19);
    boolean shaped =
        (text.charAt(10) == ' ' || text.charAt(10) == 'T')
            && text.charAt(13) == ':'
            && text.charAt(16) == ':';
    if (!shaped
        || hour < 0
        || hour > 23
        || minute < 0
        || minute > 59
        || second < 0
        || second > 59) {
      return OptionalLong.empty();
    }
    long micros = 0;
    if (length > SECONDS_LENGTH) {
      int fraction = number(text, SECONDS_LENGTH + 1, length);
      if (text.charAt(SECONDS_LENGTH) != '.' || fraction < 0) {
        return OptionalLong.empty();
      }
      micros = fraction;
      for (int digits = length - SECONDS_LENGTH - 1; digits < 6; digits++) {
        micros *= 10;
      }
    }
    long seconds = (hour * 60L + minute) * 60 + second;
    return OptionalLong.of(day.getAsLong() * MICROS_PER_DAY + seconds * 1_000_000 + micros);
  }

  private static OptionalLong day(String text) {
    int year = number(text, 0, 4);
    int month = number(text, 5, 7);
    int day = number(text, 8, 10);
    if (text.charAt(4) != '-' || text.charAt(7) != '-' || year < 1 || month < 0 || day < 0) {
      return OptionalLong.empty();
    }
    try {
      return OptionalLong.of(LocalDate.of(year, month, day).toEpochDay());
    } catch (DateTimeException e) {
      return OptionalLong.empty();
    }
  }

  /// The digits from `from` to before `to` as a number, -1 if there is anything else or nothing.
  private static int number(String text, int from, int to) {
    int value = from < to ? 0 : -1;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        return -1;
      }
      value = value * 10 + digit;
    }
    return value;
  }
}

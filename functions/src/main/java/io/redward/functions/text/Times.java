package io.redward.functions.text;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.time.zone.ZoneRules;

/// Times of day as text. A TIME is its microseconds from midnight; a TIMETZ packs the time in UTC
/// and the offset: `(local − offset + one day) << 18 | (offset seconds + 131072)`.
public final class Times {
  /// Enough for any time with an offset.
  public static final int LONGEST = 32;

  /// What [#parseIso] answers for a text in another form.
  public static final long NOT_ISO = -1;

  private static final int OFFSET_BITS = 18;
  private static final int OFFSET_BIAS = 1 << 17;

  private Times() {}

  /// Any form of time; a date and a zone are ignored.
  public static long parse(byte[] bytes, int offset, int length) {
    long micros = length >= 8 ? parseIso(bytes, offset, length) : NOT_ISO;
    return micros != NOT_ISO
        ? micros
        : new DatetimeParser(bytes, offset, length, "time").timeMicros();
  }

  /// `hh:mm:ss[.f…]` with at most six digits of fraction, or [#NOT_ISO].
  public static long parseIso(byte[] bytes, int offset, int length) {
    if (bytes[offset + 2] != ':' || bytes[offset + 5] != ':') {
      return NOT_ISO;
    }
    int hour = Dates.two(bytes, offset);
    int minute = Dates.two(bytes, offset + 3);
    int second = Dates.two(bytes, offset + 6);
    if (hour < 0 || hour > 23 || minute < 0 || minute > 59 || second < 0 || second > 59) {
      return NOT_ISO;
    }
    long micros = ((hour * 60L + minute) * 60 + second) * Civil.MICROS_PER_SECOND;
    if (length == 8) {
      return micros;
    }
    if (bytes[offset + 8] != '.' || length == 9 || length > 15) {
      return NOT_ISO;
    }
    long fraction = 0;
    for (int i = 9; i < 15; i++) {
      int digit = i < length ? bytes[offset + i] - '0' : 0;
      if (digit < 0 || digit > 9) {
        return NOT_ISO;
      }
      fraction = fraction * 10 + digit;
    }
    return micros + fraction;
  }

  /// A TIMETZ; `zone` (its offset on `today`) where the text names no zone.
  public static long parseZoned(byte[] bytes, int offset, int length, ZoneRules zone, int today) {
    DatetimeParser parser = new DatetimeParser(bytes, offset, length, "time with time zone");
    if (!parser.hasTime()) {
      throw parser.invalid();
    }
    return pack(parser.timeMicros(), parser.offsetSeconds(zone, today));
  }

  /// A TIMETZ from a local time and an offset east of UTC.
  public static long pack(long localMicros, int offsetSeconds) {
    long utc = localMicros - offsetSeconds * Civil.MICROS_PER_SECOND + Civil.MICROS_PER_DAY;
    return utc << OFFSET_BITS | offsetSeconds + OFFSET_BIAS;
  }

  public static int offsetSeconds(long packed) {
    return (int) (packed & (1 << OFFSET_BITS) - 1) - OFFSET_BIAS;
  }

  /// The time in UTC; below zero or over a day where the local day is another.
  public static long utcMicros(long packed) {
    return (packed >> OFFSET_BITS) - Civil.MICROS_PER_DAY;
  }

  public static long localMicros(long packed) {
    return utcMicros(packed) + offsetSeconds(packed) * Civil.MICROS_PER_SECOND;
  }

  /// Writes `hh:mm:ss[.f…]` and answers the index after it.
  public static int put(byte[] buffer, int at, long micros) {
    long seconds = micros / Civil.MICROS_PER_SECOND;
    at = Numbers.putPadded(buffer, at, seconds / 3600, 2);
    buffer[at++] = ':';
    at = Numbers.putPadded(buffer, at, seconds / 60 % 60, 2);
    buffer[at++] = ':';
    at = Numbers.putPadded(buffer, at, seconds % 60, 2);
    return putFraction(buffer, at, micros % Civil.MICROS_PER_SECOND);
  }

  static int putFraction(byte[] buffer, int at, long fraction) {
    if (fraction == 0) {
      return at;
    }
    int digits = 6;
    while (fraction % 10 == 0) {
      fraction /= 10;
      digits--;
    }
    buffer[at++] = '.';
    return Numbers.putPadded(buffer, at, fraction, digits);
  }

  public static int putZoned(byte[] buffer, int at, long packed) {
    return putOffset(buffer, put(buffer, at, localMicros(packed)), offsetSeconds(packed));
  }

  /// Writes `+hh[:mm[:ss]]` and answers the index after it.
  static int putOffset(byte[] buffer, int at, int offsetSeconds) {
    int magnitude = Math.abs(offsetSeconds);
    buffer[at++] = (byte) (offsetSeconds < 0 ? '-' : '+');
    at = Numbers.putPadded(buffer, at, magnitude / 3600, 2);
    if (magnitude % 3600 != 0) {
      buffer[at++] = ':';
      at = Numbers.putPadded(buffer, at, magnitude / 60 % 60, 2);
    }
    if (magnitude % 60 != 0) {
      buffer[at++] = ':';
      at = Numbers.putPadded(buffer, at, magnitude % 60, 2);
    }
    return at;
  }

  public static SqlException outOfRange(String text) {
    return SqlException.ofValue(
        SqlState.DATETIME_FIELD_OVERFLOW, "date/time field value out of range: \"" + text + "\"");
  }
}

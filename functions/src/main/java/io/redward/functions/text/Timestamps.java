package io.redward.functions.text;

import java.time.zone.ZoneRules;

/// Timestamps as text. A timestamp is its microseconds from 1970-01-01 00:00, a TIMESTAMPTZ those
/// from that time in UTC.
public final class Timestamps {
  /// Enough for any timestamp with an offset.
  public static final int LONGEST = 48;

  private static final long NOT_ISO = Long.MIN_VALUE;

  private Timestamps() {}

  /// Any form of date with or without a time; a zone is ignored.
  public static long parse(byte[] bytes, int offset, int length) {
    long micros = parseIso(bytes, offset, length);
    return micros != NOT_ISO
        ? micros
        : new DatetimeParser(bytes, offset, length, "timestamp").localMicros();
  }

  /// Any form of date with or without a time, in `zone` if it names none.
  public static long parseZoned(byte[] bytes, int offset, int length, ZoneRules zone) {
    long local = parseIso(bytes, offset, length);
    return local != NOT_ISO
        ? Zones.toUtc(zone, local)
        : new DatetimeParser(bytes, offset, length, "timestamp with time zone").utcMicros(zone);
  }

  private static long parseIso(byte[] bytes, int offset, int length) {
    if (length < 10) {
      return NOT_ISO;
    }
    int days = Dates.parseIso(bytes, offset);
    if (days == Dates.NOT_ISO) {
      return NOT_ISO;
    }
    if (length == 10) {
      return days * Civil.MICROS_PER_DAY;
    }
    if (length < 19 || bytes[offset + 10] != ' ' && bytes[offset + 10] != 'T') {
      return NOT_ISO;
    }
    long time = Times.parseIso(bytes, offset + 11, length - 11);
    return time == Times.NOT_ISO ? NOT_ISO : days * Civil.MICROS_PER_DAY + time;
  }

  /// Writes `yyyy-mm-dd hh:mm:ss[.f…]` and answers the index after it.
  public static int put(byte[] buffer, int at, long micros) {
    long date = Civil.date(Civil.dayOf(micros));
    at = putLocal(buffer, at, date, micros);
    return Dates.putEra(buffer, at, Civil.year(date));
  }

  /// Writes an instant as local time in `zone` with its offset and answers the index after it.
  public static int putZoned(byte[] buffer, int at, long micros, ZoneRules zone) {
    int offsetSeconds = Zones.offsetSeconds(zone, micros);
    long local = micros + offsetSeconds * Civil.MICROS_PER_SECOND;
    long date = Civil.date(Civil.dayOf(local));
    at = Times.putOffset(buffer, putLocal(buffer, at, date, local), offsetSeconds);
    return Dates.putEra(buffer, at, Civil.year(date));
  }

  private static int putLocal(byte[] buffer, int at, long date, long micros) {
    at = Dates.putDate(buffer, at, date);
    buffer[at++] = ' ';
    return Times.put(buffer, at, Civil.timeOf(micros));
  }
}

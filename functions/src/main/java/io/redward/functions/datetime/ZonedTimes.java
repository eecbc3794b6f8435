package io.redward.functions.datetime;

import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Civil;
import io.redward.functions.text.Times;
import io.redward.functions.text.Timestamps;
import io.redward.functions.text.Zones;
import java.time.zone.ZoneRules;

/// Local times and instants: AT TIME ZONE, CONVERT_TIMEZONE, and the conversions that depend on the
/// session's time zone. A zone is its name as a string.
public final class ZonedTimes {
  private ZonedTimes() {}

  /// A local time of one zone as the local time of another.
  public static long convert(
      byte[] from,
      int fromOffset,
      int fromLength,
      byte[] to,
      int toOffset,
      int toLength,
      long micros) {
    ZoneRules source = Zones.rules(from, fromOffset, fromLength);
    ZoneRules target = Zones.rules(to, toOffset, toLength);
    return Zones.toLocal(target, Zones.toUtc(source, micros));
  }

  /// From UTC.
  public static long convert(byte[] to, int toOffset, int toLength, long micros) {
    return Zones.toLocal(Zones.rules(to, toOffset, toLength), micros);
  }

  /// The local time of an instant.
  public static long toLocal(byte[] zone, int offset, int length, long micros) {
    return Zones.toLocal(Zones.rules(zone, offset, length), micros);
  }

  /// The instant of a local time.
  public static long toInstant(byte[] zone, int offset, int length, long micros) {
    return Zones.toUtc(Zones.rules(zone, offset, length), micros);
  }

  /// The same moment shown in another zone, by its offset on 1970-01-01.
  public static long shiftTimetz(byte[] zone, int offset, int length, long packed) {
    int east = Zones.offsetSeconds(Zones.rules(zone, offset, length), 0);
    long local = Times.utcMicros(packed) + east * Civil.MICROS_PER_SECOND;
    return Times.pack(Math.floorMod(local, Civil.MICROS_PER_DAY), east);
  }

  public static long instantToLocal(long micros, byte[] zone, int offset, int length) {
    return Zones.toLocal(Zones.rules(zone, offset, length), micros);
  }

  public static int instantToDate(long micros, byte[] zone, int offset, int length) {
    return Civil.dayOf(instantToLocal(micros, zone, offset, length));
  }

  public static long instantToTime(long micros, byte[] zone, int offset, int length) {
    return Civil.timeOf(instantToLocal(micros, zone, offset, length));
  }

  public static long instantToTimetz(long micros, byte[] zone, int offset, int length) {
    int east = Zones.offsetSeconds(Zones.rules(zone, offset, length), micros);
    return Times.pack(Civil.timeOf(micros + east * Civil.MICROS_PER_SECOND), east);
  }

  public static void instantToText(long micros, byte[] zone, int offset, int length, ValueOut out) {
    byte[] buffer = out.scratch(Timestamps.LONGEST);
    ZoneRules rules = Zones.rules(zone, offset, length);
    out.bytes(buffer, 0, Timestamps.putZoned(buffer, 0, micros, rules));
  }

  public static long localToInstant(long micros, byte[] zone, int offset, int length) {
    return Zones.toUtc(Zones.rules(zone, offset, length), micros);
  }

  public static long dateToInstant(int days, byte[] zone, int offset, int length) {
    return Zones.toUtc(Zones.rules(zone, offset, length), days * Civil.MICROS_PER_DAY);
  }

  public static long textToInstant(
      byte[] page, int offset, int length, byte[] zone, int zoneOffset, int zoneLength) {
    return Timestamps.parseZoned(page, offset, length, Zones.rules(zone, zoneOffset, zoneLength));
  }

  public static long timeToTimetz(long micros, byte[] zone, int offset, int length) {
    return Times.pack(micros, Zones.offsetSeconds(Zones.rules(zone, offset, length), 0));
  }

  public static long textToTimetz(
      byte[] page, int offset, int length, byte[] zone, int zoneOffset, int zoneLength) {
    return Times.parseZoned(page, offset, length, Zones.rules(zone, zoneOffset, zoneLength), 0);
  }
}

package io.redward.functions.datetime;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.text.Civil;
import io.redward.functions.text.DatePart;
import io.redward.functions.text.Numbers;
import io.redward.functions.text.Times;
import io.redward.functions.text.Zones;
import java.time.zone.ZoneRules;

/// EXTRACT, DATE_PART and DATE_TRUNC. Part codes are those of [DatePart]. Seconds come without
/// their fraction; milliseconds and microseconds are the fraction of the second.
public final class Parts {
  private Parts() {}

  /// The code of a part that is named by a value.
  private static int code(byte[] page, int offset, int length) {
    String name = Numbers.text(page, offset, length);
    return DatePart.of(name).orElseThrow(() -> unknown(name)).code();
  }

  static SqlException unknown(String name) {
    return SqlException.ofValue(
        SqlState.INVALID_PARAMETER_VALUE, "timestamp units \"" + name + "\" not recognized");
  }

  static SqlException unsupported(int part, String type) {
    String name = DatePart.of(part).names().getFirst();
    return SqlException.ofValue(
        SqlState.FEATURE_NOT_SUPPORTED, type + " units \"" + name + "\" not supported");
  }

  public static int ofDate(int part, int days) {
    long date = Civil.date(days);
    int year = Civil.year(date);
    return switch (DatePart.of(part)) {
      case MILLENNIUM -> Math.floorDiv(year - 1, 1_000) + 1;
      case CENTURY -> Math.floorDiv(year - 1, 100) + 1;
      case DECADE -> Math.floorDiv(year, 10) + 1;
      case YEAR -> year > 0 ? year : year - 1;
      case QUARTER -> (Civil.month(date) + 2) / 3;
      case MONTH -> Civil.month(date);
      case WEEK, ISO_WEEK -> isoWeek(days);
      case DAY -> Civil.day(date);
      case DAY_OF_WEEK -> Civil.dayOfWeek(days);
      case ISO_DAY_OF_WEEK -> Math.floorMod(days + 3, 7) + 1;
      case DAY_OF_YEAR -> days - Civil.days(year, 1, 1) + 1;
      case ISO_YEAR -> isoYear(days);
      case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND -> 0;
      case EPOCH, TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> throw unsupported(part, "date");
    };
  }

  public static long ofDays(int part, int days) {
    return part == DatePart.EPOCH.code() ? days * 86_400L : ofDate(part, days);
  }

  /// The Thursday of the day's week: it lies in the year and week by which ISO counts.
  private static int thursday(int days) {
    return days - Math.floorMod(days + 3, 7) + 3;
  }

  static int isoYear(int days) {
    return Civil.year(Civil.date(thursday(days)));
  }

  static int isoWeek(int days) {
    int thursday = thursday(days);
    return (thursday - Civil.days(Civil.year(Civil.date(thursday)), 1, 1)) / 7 + 1;
  }

  public static long ofTimestamp(int part, long micros) {
    return switch (DatePart.of(part)) {
      case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND -> ofTime(part, Civil.timeOf(micros));
      case EPOCH -> Math.floorDiv(micros, Civil.MICROS_PER_SECOND);
      case TIMEZONE, TIMEZONE_HOUR, TIMEZONE_MINUTE -> throw unsupported(part, "timestamp");
      default -> ofDate(part, Civil.dayOf(micros));
    };
  }

  public static long ofTime(int part, long micros) {
    return switch (DatePart.of(part)) {
      case HOUR -> micros / Civil.MICROS_PER_HOUR;
      case MINUTE -> micros / Civil.MICROS_PER_MINUTE % 60;
      case SECOND -> micros / Civil.MICROS_PER_SECOND % 60;
      case MILLISECOND -> micros % Civil.MICROS_PER_SECOND / 1_000;
      case MICROSECOND -> micros % Civil.MICROS_PER_SECOND;
      case EPOCH -> micros / Civil.MICROS_PER_SECOND;
      default -> throw unsupported(part, "time");
    };
  }

  public static int integerOfTime(int part, long micros) {
    return (int) ofTime(part, micros);
  }

  public static int integerOfTimetz(int part, long packed) {
    return switch (DatePart.of(part)) {
      case TIMEZONE -> Times.offsetSeconds(packed);
      case TIMEZONE_HOUR -> Times.offsetSeconds(packed) / 3_600;
      case TIMEZONE_MINUTE -> Times.offsetSeconds(packed) / 60 % 60;
      case EPOCH -> (int) (Times.utcMicros(packed) / Civil.MICROS_PER_SECOND);
      default -> (int) ofTime(part, Math.floorMod(Times.localMicros(packed), Civil.MICROS_PER_DAY));
    };
  }

  public static int integerOfMonths(int part, int months) {
    return switch (DatePart.of(part)) {
      case YEAR -> months / 12;
      case MONTH -> months % 12;
      case QUARTER -> months % 12 / 3 + 1;
      case DECADE -> months / 120;
      case CENTURY -> months / 1_200;
      case MILLENNIUM -> months / 12_000;
      default -> 0;
    };
  }

  public static int integerOfMicros(int part, long micros) {
    return switch (DatePart.of(part)) {
      case DAY -> (int) (micros / Civil.MICROS_PER_DAY);
      case HOUR, MINUTE, SECOND, MILLISECOND, MICROSECOND ->
          (int) ofTime(part, micros % Civil.MICROS_PER_DAY);
      case EPOCH -> integer(micros / Civil.MICROS_PER_SECOND);
      default -> 0;
    };
  }

  private static int integer(long value) {
    if (value != (int) value) {
      throw SqlException.ofValue(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "integer out of range");
    }
    return (int) value;
  }

  public static double doubleOfTimestamptz(
      int part, long micros, byte[] zone, int zoneOffset, int zoneLength) {
    ZoneRules rules = Zones.rules(zone, zoneOffset, zoneLength);
    int east = Zones.offsetSeconds(rules, micros);
    return switch (DatePart.of(part)) {
      case TIMEZONE -> east;
      case TIMEZONE_HOUR, TIMEZONE_MINUTE -> partOfZone(part, east);
      case EPOCH -> micros / 1e6;
      default -> ofTimestamp(part, micros + east * Civil.MICROS_PER_SECOND);
    };
  }

  private static int partOfZone(int part, int east) {
    return DatePart.of(part) == DatePart.TIMEZONE_HOUR ? east / 3_600 : east / 60 % 60;
  }

  /// The same with the part as a string.
  public static long named(byte[] page, int offset, int length, long micros) {
    return ofTimestamp(code(page, offset, length), micros);
  }

  public static int year(int days) {
    return Civil.year(Civil.date(days));
  }

  /// The beginning of the part that the timestamp lies in; weeks begin on Monday.
  public static long truncate(int part, long micros) {
    DatePart unit = DatePart.of(part);
    return switch (unit) {
      case MICROSECOND -> micros;
      case MILLISECOND, SECOND, MINUTE, HOUR, DAY -> micros - Math.floorMod(micros, unit.micros());
      default -> truncateDate(unit, Civil.dayOf(micros)) * Civil.MICROS_PER_DAY;
    };
  }

  private static int truncateDate(DatePart unit, int days) {
    long date = Civil.date(days);
    int year = Civil.year(date);
    return switch (unit) {
      case WEEK, ISO_WEEK -> days - Math.floorMod(days + 3, 7);
      case MONTH -> Civil.days(year, Civil.month(date), 1);
      case QUARTER -> Civil.days(year, (Civil.month(date) - 1) / 3 * 3 + 1, 1);
      case YEAR -> Civil.days(year, 1, 1);
      case DECADE -> Civil.days(Math.floorDiv(year, 10) * 10, 1, 1);
      case CENTURY -> Civil.days(Math.floorDiv(year - 1, 100) * 100 + 1, 1, 1);
      case MILLENNIUM -> Civil.days(Math.floorDiv(year - 1, 1_000) * 1_000 + 1, 1, 1);
      default -> throw unsupported(unit.code(), "timestamp");
    };
  }

  public static long truncateDays(int part, int days) {
    return truncate(part, days * Civil.MICROS_PER_DAY);
  }

  public static long truncateInstant(
      int part, long micros, byte[] zone, int zoneOffset, int zoneLength) {
    ZoneRules rules = Zones.rules(zone, zoneOffset, zoneLength);
    return Zones.toUtc(rules, truncate(part, Zones.toLocal(rules, micros)));
  }

  public static long truncateNamed(byte[] page, int offset, int length, long micros) {
    return truncate(code(page, offset, length), micros);
  }

  /// As [#ofTimestamp], seconds with their fraction.
  public static double doubleOfTimestamp(int part, long micros) {
    return isSecond(part) ? second(micros) : ofTimestamp(part, micros);
  }

  private static boolean isSecond(int part) {
    return part == DatePart.SECOND.code();
  }

  private static double second(long micros) {
    return Math.floorMod(micros, Civil.MICROS_PER_MINUTE) / 1e6;
  }

  public static double doubleOfDays(int part, int days) {
    return ofDays(part, days);
  }

  public static double doubleOfTime(int part, long micros) {
    return isSecond(part) ? second(micros) : integerOfTime(part, micros);
  }

  public static double doubleOfTimetz(int part, long packed) {
    return isSecond(part) ? second(Times.localMicros(packed)) : integerOfTimetz(part, packed);
  }

  public static double doubleOfMonths(int part, int months) {
    return integerOfMonths(part, months);
  }

  public static double doubleOfMicros(int part, long micros) {
    return integerOfMicros(part, micros);
  }

  public static double namedDouble(byte[] page, int offset, int length, long micros) {
    return doubleOfTimestamp(code(page, offset, length), micros);
  }

  /// DATE_PART of an instant.
  public static double partOfTimestamptz(
      int part, long micros, byte[] zone, int zoneOffset, int zoneLength) {
    return isSecond(part)
        ? second(micros)
        : doubleOfTimestamptz(part, micros, zone, zoneOffset, zoneLength);
  }
}

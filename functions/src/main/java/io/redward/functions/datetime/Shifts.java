package io.redward.functions.datetime;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.text.Civil;
import io.redward.functions.text.DatePart;
import io.redward.functions.text.Months;
import io.redward.functions.text.Numbers;
import io.redward.functions.text.Times;
import io.redward.functions.text.Zones;
import java.time.zone.ZoneRules;
import java.util.Locale;

/// DATEADD, DATEDIFF and what else moves a date or measures between two.
public final class Shifts {
  private Shifts() {}

  /// DATEADD: months keep the day of the month where the month has it. Years make the day after
  /// the last of February of what would be the 29th.
  public static long add(int part, long number, long micros) {
    DatePart unit = DatePart.of(part);
    try {
      if (unit.months() > 0) {
        long moved = addMonths(micros, Math.multiplyExact(number, unit.months()));
        boolean years = unit.months() % DatePart.YEAR.months() == 0;
        return years && dayOfMonth(moved) < dayOfMonth(micros)
            ? moved + Civil.MICROS_PER_DAY
            : moved;
      }
      if (unit.micros() > 0) {
        return Math.addExact(micros, Math.multiplyExact(number, unit.micros()));
      }
    } catch (ArithmeticException _) {
      throw outOfRange();
    }
    throw Parts.unsupported(part, "timestamp");
  }

  public static long addToDate(int part, long number, int days) {
    return add(part, number, days * Civil.MICROS_PER_DAY);
  }

  /// Days and longer are days of the session's calendar, which may have 23 or 25 hours.
  public static long addToInstant(
      int part, long number, long micros, byte[] zone, int zoneOffset, int zoneLength) {
    DatePart unit = DatePart.of(part);
    if (unit.months() == 0 && unit.micros() < Civil.MICROS_PER_DAY) {
      return add(part, number, micros);
    }
    ZoneRules rules = Zones.rules(zone, zoneOffset, zoneLength);
    return Zones.toUtc(rules, add(part, number, Zones.toLocal(rules, micros)));
  }

  /// Round the clock.
  public static long addToTime(int part, long number, long micros) {
    DatePart unit = DatePart.of(part);
    if (unit.micros() == 0 || unit.micros() > Civil.MICROS_PER_HOUR) {
      throw Parts.unsupported(part, "time");
    }
    long step = Math.floorMod(number, Civil.MICROS_PER_DAY / unit.micros()) * unit.micros();
    return Math.floorMod(micros + step, Civil.MICROS_PER_DAY);
  }

  /// Round the clock; the answer is in UTC.
  public static long addToTimetz(int part, long number, long packed) {
    long utc = Math.floorMod(Times.utcMicros(packed), Civil.MICROS_PER_DAY);
    return Times.pack(addToTime(part, number, utc), 0);
  }

  private static int dayOfMonth(long micros) {
    return Civil.day(Civil.date(Civil.dayOf(micros)));
  }

  private static long addMonths(long micros, long months) {
    return Math.addExact(
        Math.multiplyExact(
            (long) Civil.addMonths(Civil.dayOf(micros), months), Civil.MICROS_PER_DAY),
        Civil.timeOf(micros));
  }

  /// ADD_MONTHS: from the last day of a month always to the last day of another.
  public static long addMonthsToEnd(long micros, long months) {
    int days = Civil.dayOf(micros);
    try {
      int shifted = Civil.addMonths(days, months);
      int target = isLastOfMonth(days) ? lastDay(shifted) : shifted;
      return target * Civil.MICROS_PER_DAY + Civil.timeOf(micros);
    } catch (ArithmeticException _) {
      throw outOfRange();
    }
  }

  public static long addMonthsToDate(int days, long months) {
    return addMonthsToEnd(days * Civil.MICROS_PER_DAY, months);
  }

  private static boolean isLastOfMonth(int days) {
    return lastDay(days) == days;
  }

  public static int lastDay(int days) {
    long date = Civil.date(days);
    int year = Civil.year(date);
    int month = Civil.month(date);
    return Civil.days(year, month, Civil.daysInMonth(year, month));
  }

  public static int lastDayOfTimestamp(long micros) {
    return lastDay(Civil.dayOf(micros));
  }

  /// The first day after `days` that has the name, of which two letters will do.
  public static int nextDay(int days, byte[] page, int offset, int length) {
    String name = Numbers.text(page, offset, length).strip().toLowerCase(Locale.ROOT);
    for (int i = 0; i < 7; i++) {
      if (name.length() >= 2 && Months.DAYS.get(i).toLowerCase(Locale.ROOT).startsWith(name)) {
        int ahead = Math.floorMod(i - Civil.dayOfWeek(days), 7);
        return days + (ahead == 0 ? 7 : ahead);
      }
    }
    throw SqlException.ofValue(
        SqlState.INVALID_PARAMETER_VALUE, "Invalid day of week: \"" + name + "\"");
  }

  public static int nextDayOfTimestamp(long micros, byte[] page, int offset, int length) {
    return nextDay(Civil.dayOf(micros), page, offset, length);
  }

  /// Whole months, and the rest as a fraction of a month of 31 days; positive if the first is
  /// later.
  public static double monthsBetween(long a, long b) {
    int dayA = Civil.dayOf(a);
    int dayB = Civil.dayOf(b);
    long dateA = Civil.date(dayA);
    long dateB = Civil.date(dayB);
    int months = monthNumber(dateA) - monthNumber(dateB);
    boolean whole =
        Civil.day(dateA) == Civil.day(dateB) || isLastOfMonth(dayA) && isLastOfMonth(dayB);
    if (whole) {
      return months;
    }
    double days =
        Civil.day(dateA)
            - Civil.day(dateB)
            + (Civil.timeOf(a) - Civil.timeOf(b)) / (double) Civil.MICROS_PER_DAY;
    return months + days / 31;
  }

  private static int monthNumber(long date) {
    return Civil.year(date) * 12 + Civil.month(date) - 1;
  }

  /// DATEDIFF: how many boundaries of the part lie between; weeks begin on Sunday.
  public static long difference(int part, long from, long to) {
    DatePart unit = DatePart.of(part);
    return switch (unit) {
      case HOUR, MINUTE, SECOND, EPOCH, MILLISECOND, MICROSECOND ->
          Math.floorDiv(to, unit.micros()) - Math.floorDiv(from, unit.micros());
      default -> differenceOfDates(part, Civil.dayOf(from), Civil.dayOf(to));
    };
  }

  public static long differenceOfDates(int part, int from, int to) {
    DatePart unit = DatePart.of(part);
    return switch (unit) {
      case DAY, DAY_OF_WEEK, DAY_OF_YEAR, ISO_DAY_OF_WEEK -> (long) to - from;
      case WEEK -> Math.floorDiv(to + 4, 7) - Math.floorDiv(from + 4, 7);
      case HOUR, MINUTE, SECOND, EPOCH, MILLISECOND, MICROSECOND ->
          (to - (long) from) * (Civil.MICROS_PER_DAY / unit.micros());
      case MONTH, QUARTER ->
          Math.floorDiv(monthNumber(Civil.date(to)), unit.months())
              - Math.floorDiv(monthNumber(Civil.date(from)), unit.months());
      case YEAR, DECADE, CENTURY, MILLENNIUM ->
          Math.floorDiv(Parts.year(to), unit.months() / 12)
              - Math.floorDiv(Parts.year(from), unit.months() / 12);
      default -> throw Parts.unsupported(part, "date");
    };
  }

  public static long differenceOfTimes(int part, long from, long to) {
    long unit = DatePart.of(part).micros();
    if (unit == 0 || unit > Civil.MICROS_PER_HOUR) {
      throw Parts.unsupported(part, "time");
    }
    return Math.floorDiv(to, unit) - Math.floorDiv(from, unit);
  }

  public static long differenceOfTimetz(int part, long from, long to) {
    return differenceOfTimes(
        part,
        Math.floorMod(Times.utcMicros(from), Civil.MICROS_PER_DAY),
        Math.floorMod(Times.utcMicros(to), Civil.MICROS_PER_DAY));
  }

  public static long differenceOfInstants(
      int part, long from, long to, byte[] zone, int zoneOffset, int zoneLength) {
    ZoneRules rules = Zones.rules(zone, zoneOffset, zoneLength);
    return difference(part, Zones.toLocal(rules, from), Zones.toLocal(rules, to));
  }

  public static int compare(long a, long b) {
    return Long.compare(a, b);
  }

  public static int compareDates(int a, int b) {
    return Integer.compare(a, b);
  }

  static SqlException outOfRange() {
    return SqlException.ofValue(SqlState.DATETIME_FIELD_OVERFLOW, "timestamp out of range");
  }
}

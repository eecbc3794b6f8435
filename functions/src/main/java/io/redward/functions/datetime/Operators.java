package io.redward.functions.datetime;

import io.redward.functions.text.Civil;
import io.redward.functions.text.Intervals;
import io.redward.functions.text.Times;
import io.redward.functions.text.Zones;
import java.time.zone.ZoneRules;

/// `+`, `-`, `*` and `/` over datetimes and intervals.
public final class Operators {
  private Operators() {}

  public static int datePlusDays(int days, int number) {
    return exact((long) days + number);
  }

  public static int daysPlusDate(int number, int days) {
    return exact((long) days + number);
  }

  public static int dateMinusDays(int days, int number) {
    return exact((long) days - number);
  }

  public static int dateMinusDate(int a, int b) {
    return exact((long) a - b);
  }

  private static int exact(long days) {
    if (days != (int) days) {
      throw Shifts.outOfRange();
    }
    return (int) days;
  }

  public static long timestampPlusDays(long micros, int days) {
    return plus(micros, days * Civil.MICROS_PER_DAY);
  }

  public static long timestampMinusDays(long micros, int days) {
    return plus(micros, -days * Civil.MICROS_PER_DAY);
  }

  public static long dateAndTime(int days, long time) {
    return days * Civil.MICROS_PER_DAY + time;
  }

  public static long timeAndDate(long time, int days) {
    return dateAndTime(days, time);
  }

  public static long dateAndTimetz(int days, long packed) {
    return days * Civil.MICROS_PER_DAY + Times.utcMicros(packed);
  }

  public static long plus(long micros, long interval) {
    try {
      return Math.addExact(micros, interval);
    } catch (ArithmeticException _) {
      throw Shifts.outOfRange();
    }
  }

  public static long minus(long micros, long interval) {
    try {
      return Math.subtractExact(micros, interval);
    } catch (ArithmeticException _) {
      throw Shifts.outOfRange();
    }
  }

  public static long datePlus(int days, long interval) {
    return plus(days * Civil.MICROS_PER_DAY, interval);
  }

  public static long dateMinus(int days, long interval) {
    return minus(days * Civil.MICROS_PER_DAY, interval);
  }

  public static long plusDate(long interval, int days) {
    return datePlus(days, interval);
  }

  public static long plusMonths(long micros, int months) {
    try {
      return Civil.addMonths(Civil.dayOf(micros), months) * Civil.MICROS_PER_DAY
          + Civil.timeOf(micros);
    } catch (ArithmeticException _) {
      throw Shifts.outOfRange();
    }
  }

  public static long minusMonths(long micros, int months) {
    return plusMonths(micros, -months);
  }

  public static long monthsPlus(int months, long micros) {
    return plusMonths(micros, months);
  }

  public static long datePlusMonths(int days, int months) {
    return plusMonths(days * Civil.MICROS_PER_DAY, months);
  }

  public static long dateMinusMonths(int days, int months) {
    return plusMonths(days * Civil.MICROS_PER_DAY, -months);
  }

  public static long monthsPlusDate(int months, int days) {
    return plusMonths(days * Civil.MICROS_PER_DAY, months);
  }

  public static long instantPlusMonths(
      long micros, int months, byte[] zone, int zoneOffset, int zoneLength) {
    ZoneRules rules = Zones.rules(zone, zoneOffset, zoneLength);
    return Zones.toUtc(rules, plusMonths(Zones.toLocal(rules, micros), months));
  }

  public static long instantMinusMonths(
      long micros, int months, byte[] zone, int zoneOffset, int zoneLength) {
    return instantPlusMonths(micros, -months, zone, zoneOffset, zoneLength);
  }

  public static long timePlus(long time, long interval) {
    return Math.floorMod(time + interval % Civil.MICROS_PER_DAY, Civil.MICROS_PER_DAY);
  }

  public static long timeMinus(long time, long interval) {
    return timePlus(time, -interval);
  }

  public static long timetzPlus(long packed, long interval) {
    return Times.pack(timePlus(Times.localMicros(packed), interval), Times.offsetSeconds(packed));
  }

  public static long timetzMinus(long packed, long interval) {
    return timetzPlus(packed, -interval);
  }

  public static int monthsPlusMonths(int a, int b) {
    return exact((long) a + b);
  }

  public static int monthsMinusMonths(int a, int b) {
    return exact((long) a - b);
  }

  public static int monthsTimes(int months, double factor) {
    return exact(Math.round(months * factor));
  }

  public static int timesMonths(double factor, int months) {
    return exact(Math.round(months * factor));
  }

  public static int monthsOver(int months, double divisor) {
    return exact(Math.round(months / nonZero(divisor)));
  }

  public static long microsTimes(long micros, double factor) {
    return Math.round(micros * factor);
  }

  public static long timesMicros(double factor, long micros) {
    return Math.round(micros * factor);
  }

  public static long microsOver(long micros, double divisor) {
    return Math.round(micros / nonZero(divisor));
  }

  private static double nonZero(double divisor) {
    if (divisor == 0) {
      throw io.redward.foundation.base.SqlException.ofValue(
          io.redward.foundation.base.SqlState.DIVISION_BY_ZERO, "Divide by zero");
    }
    return divisor;
  }

  /// -1, 0 or 1 for two intervals as text; a month has 30 days.
  public static int compareIntervals(
      byte[] page, int offset, int length, byte[] page2, int offset2, int length2) {
    return Long.compare(
        Intervals.parse(page, offset, length).estimatedMicros(),
        Intervals.parse(page2, offset2, length2).estimatedMicros());
  }
}

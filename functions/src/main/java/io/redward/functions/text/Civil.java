package io.redward.functions.text;

/// The proleptic Gregorian calendar on day numbers, counted from 1970-01-01.
///
/// Years are counted astronomically: 1 BC is the year 0.
public final class Civil {
  public static final long MICROS_PER_SECOND = 1_000_000L;
  public static final long MICROS_PER_MINUTE = 60 * MICROS_PER_SECOND;
  public static final long MICROS_PER_HOUR = 60 * MICROS_PER_MINUTE;
  public static final long MICROS_PER_DAY = 24 * MICROS_PER_HOUR;

  private static final int DAYS_PER_ERA = 146_097;
  private static final int DAYS_TO_EPOCH = 719_468;

  private Civil() {}

  /// The day of a date whose month is 1 to 12; the day may lie outside of the month.
  ///
  /// A year is taken to begin in March, so that the leap day is its last, and 400 years to an era.
  public static int days(int year, int month, int day) {
    int shifted = month <= 2 ? year - 1 : year;
    int era = Math.floorDiv(shifted, 400);
    int yearOfEra = shifted - era * 400;
    int dayOfYear = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    int dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear;
    return era * DAYS_PER_ERA + dayOfEra - DAYS_TO_EPOCH;
  }

  /// Year, month and day in one number: `year(date)`, `month(date)` and `day(date)` take it apart.
  public static long date(int days) {
    int shifted = days + DAYS_TO_EPOCH;
    int era = Math.floorDiv(shifted, DAYS_PER_ERA);
    int dayOfEra = shifted - era * DAYS_PER_ERA;
    int yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    int dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    int monthFromMarch = (5 * dayOfYear + 2) / 153;
    int day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1;
    int month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9;
    long year = yearOfEra + era * 400L + (month <= 2 ? 1 : 0);
    return year << 16 | month << 8 | day;
  }

  public static int year(long date) {
    return (int) (date >> 16);
  }

  public static int month(long date) {
    return (int) (date >> 8) & 0xFF;
  }

  public static int day(long date) {
    return (int) date & 0xFF;
  }

  public static boolean isLeap(int year) {
    return (year & 3) == 0 && (year % 100 != 0 || year % 400 == 0);
  }

  public static int daysInMonth(int year, int month) {
    return switch (month) {
      case 2 -> isLeap(year) ? 29 : 28;
      case 4, 6, 9, 11 -> 30;
      default -> 31;
    };
  }

  /// The day a timestamp falls on.
  public static int dayOf(long micros) {
    return (int) Math.floorDiv(micros, MICROS_PER_DAY);
  }

  /// The microseconds since midnight.
  public static long timeOf(long micros) {
    return Math.floorMod(micros, MICROS_PER_DAY);
  }

  /// 0 for Sunday to 6 for Saturday.
  public static int dayOfWeek(int days) {
    return Math.floorMod(days + 4, 7);
  }

  /// The same day some months on, or the last of the month if the month is too short.
  public static int addMonths(int days, long months) {
    long date = date(days);
    long total = year(date) * 12L + month(date) - 1 + months;
    int year = Math.toIntExact(Math.floorDiv(total, 12L));
    int month = (int) Math.floorMod(total, 12L) + 1;
    return days(year, month, Math.min(day(date), daysInMonth(year, month)));
  }
}

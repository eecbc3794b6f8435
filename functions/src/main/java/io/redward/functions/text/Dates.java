package io.redward.functions.text;

/// Dates as text. A date is its day number from 1970-01-01.
public final class Dates {
  /// Enough for any date.
  public static final int LONGEST = 16;

  /// What [#parseIso] answers for a text in another form.
  public static final int NOT_ISO = Integer.MIN_VALUE;

  private Dates() {}

  /// Any form of date; a time after it is ignored.
  public static int parse(byte[] bytes, int offset, int length) {
    int days = length == 10 ? parseIso(bytes, offset) : NOT_ISO;
    return days != NOT_ISO ? days : new DatetimeParser(bytes, offset, length, "date").days();
  }

  /// `yyyy-mm-dd`, ten bytes, or [#NOT_ISO].
  public static int parseIso(byte[] bytes, int offset) {
    if (bytes[offset + 4] != '-' || bytes[offset + 7] != '-') {
      return NOT_ISO;
    }
    int year = two(bytes, offset) * 100 + two(bytes, offset + 2);
    int month = two(bytes, offset + 5);
    int day = two(bytes, offset + 8);
    boolean valid =
        year > 0
            && month > 0
            && month <= 12
            && day > 0
            && (day <= 28 || day <= Civil.daysInMonth(year, month));
    return valid ? Civil.days(year, month, day) : NOT_ISO;
  }

  /// Two digits as a number; far below zero if they are not digits.
  static int two(byte[] bytes, int at) {
    int tens = bytes[at] - '0';
    int ones = bytes[at + 1] - '0';
    return (tens | ones | 9 - tens | 9 - ones) < 0 ? -100_000 : tens * 10 + ones;
  }

  /// Writes `yyyy-mm-dd`, with ` BC` where due, and answers the index after it.
  public static int put(byte[] buffer, int at, int days) {
    long date = Civil.date(days);
    return putEra(buffer, putDate(buffer, at, date), Civil.year(date));
  }

  static int putDate(byte[] buffer, int at, long date) {
    int year = Civil.year(date);
    int shown = year > 0 ? year : 1 - year;
    at = shown < 10_000 ? Numbers.putPadded(buffer, at, shown, 4) : Numbers.put(buffer, at, shown);
    buffer[at++] = '-';
    at = Numbers.putPadded(buffer, at, Civil.month(date), 2);
    buffer[at++] = '-';
    return Numbers.putPadded(buffer, at, Civil.day(date), 2);
  }

  static int putEra(byte[] buffer, int at, int year) {
    if (year <= 0) {
      buffer[at++] = ' ';
      buffer[at++] = 'B';
      buffer[at++] = 'C';
    }
    return at;
  }
}

package io.redward.functions.datetime;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.datetime.DatetimePattern.Field;
import io.redward.functions.datetime.DatetimePattern.Item;
import io.redward.functions.text.Civil;
import io.redward.functions.text.Months;
import io.redward.functions.text.Numbers;
import io.redward.functions.text.Zones;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// TO_DATE and TO_TIMESTAMP: reads a text by a pattern. One instance reads one text.
///
/// A day that its month does not have counts on into the next month, unless strict. COPY with
/// DATEFORMAT or TIMEFORMAT reads its fields here too.
public final class DatetimeScan {
  private static final int ABSENT = Integer.MIN_VALUE;
  private static final int JULIAN_EPOCH = 2_440_588;
  private static final List<String> ROMAN =
      List.of("viii", "vii", "iii", "xii", "iv", "vi", "ii", "ix", "xi", "i", "v", "x");
  private static final int[] ROMAN_VALUES = {8, 7, 3, 12, 4, 6, 2, 9, 11, 1, 5, 10};

  private final String original;
  private final String text;
  private int at;

  private int year = ABSENT;
  private int month = ABSENT;
  private int day = ABSENT;
  private int dayOfYear = ABSENT;
  private int julian = ABSENT;
  private int isoYear = ABSENT;
  private int isoWeek = ABSENT;
  private int isoDay = 1;
  private int hour;
  private int minute;
  private int second;
  private int micros;
  private int half = ABSENT;
  private boolean isBc;
  private @Nullable ZoneRules zone;

  private DatetimeScan(String original) {
    this.original = original;
    this.text = original.toLowerCase(Locale.ROOT);
  }

  public static int date(
      byte[] page, int offset, int length, byte[] pattern, int patternOffset, int patternLength) {
    return date(page, offset, length, pattern, patternOffset, patternLength, 0);
  }

  /// @param strict 1 if a day that its month does not have is an error
  public static int date(
      byte[] page,
      int offset,
      int length,
      byte[] pattern,
      int patternOffset,
      int patternLength,
      int strict) {
    return scan(page, offset, length, DatetimePattern.of(pattern, patternOffset, patternLength))
        .days(strict != 0);
  }

  /// The local time, whatever zone the text names.
  public static long timestamp(
      byte[] page, int offset, int length, byte[] pattern, int patternOffset, int patternLength) {
    return scan(page, offset, length, DatetimePattern.of(pattern, patternOffset, patternLength))
        .localMicros(false);
  }

  /// The instant, in `zone` if the text names none.
  public static long instant(
      byte[] page,
      int offset,
      int length,
      byte[] pattern,
      int patternOffset,
      int patternLength,
      byte[] zone,
      int zoneOffset,
      int zoneLength) {
    return instant(
        page,
        offset,
        length,
        pattern,
        patternOffset,
        patternLength,
        0,
        zone,
        zoneOffset,
        zoneLength);
  }

  public static long instant(
      byte[] page,
      int offset,
      int length,
      byte[] pattern,
      int patternOffset,
      int patternLength,
      int strict,
      byte[] zone,
      int zoneOffset,
      int zoneLength) {
    DatetimeScan scan =
        scan(page, offset, length, DatetimePattern.of(pattern, patternOffset, patternLength));
    ZoneRules rules = scan.zone != null ? scan.zone : Zones.rules(zone, zoneOffset, zoneLength);
    return Zones.toUtc(rules, scan.localMicros(strict != 0));
  }

  private static DatetimeScan scan(byte[] page, int offset, int length, DatetimePattern pattern) {
    DatetimeScan scan = new DatetimeScan(Numbers.text(page, offset, length));
    List<Item> items = pattern.items();
    for (int i = 0; i < items.size() && scan.at < scan.text.length(); i++) {
      boolean isBounded = i + 1 < items.size() && items.get(i + 1).field().isNumber();
      scan.read(items.get(i), isBounded);
    }
    return scan;
  }

  private void read(Item item, boolean isBounded) {
    if (item.field() == Field.LITERAL) {
      separator(item.text());
      return;
    }
    while (at < text.length() && text.charAt(at) == ' ') {
      at++;
    }
    if (item.field().isNumber()) {
      number(item, isBounded);
      if (!item.ordinal().isEmpty()) {
        at = Math.min(text.length(), at + 2);
      }
    } else {
      word(item);
    }
  }

  /// Text of the pattern passes over as much of the value, but never over letters or digits that it
  /// does not match.
  private void separator(String literal) {
    for (int i = 0; i < literal.length() && at < text.length(); i++) {
      boolean same = Character.toLowerCase(literal.charAt(i)) == text.charAt(at);
      if (same || !Character.isLetterOrDigit(text.charAt(at))) {
        at++;
      }
    }
  }

  private void number(Item item, boolean isBounded) {
    Field field = item.field();
    switch (field) {
      case YEAR_COMMA -> {
        int thousands = digits(2, field);
        at++;
        year = thousands * 1_000 + digits(3, field);
      }
      case YEAR -> year = digits(isBounded ? 4 : 6, field);
      case YEAR_3 -> year = near(digits(3, field), 1_000);
      case YEAR_2 -> year = twoDigits(isBounded, field);
      case YEAR_1 -> year = near(digits(1, field), 10);
      case ISO_YEAR -> isoYear = digits(4, field);
      case ISO_YEAR_3 -> isoYear = near(digits(3, field), 1_000);
      case ISO_YEAR_2 -> isoYear = near(digits(2, field), 100);
      case ISO_YEAR_1 -> isoYear = near(digits(1, field), 10);
      case ISO_WEEK -> isoWeek = digits(2, field);
      case ISO_DAY_OF_WEEK -> isoDay = digits(1, field);
      case MONTH -> month = digits(2, field);
      case DAY -> day = digits(2, field);
      case DAY_OF_YEAR -> dayOfYear = digits(3, field);
      case WEEK_OF_YEAR -> dayOfYear = (digits(2, field) - 1) * 7 + 1;
      case JULIAN -> julian = digits(9, field);
      case HOUR_24 -> hour = digits(2, field);
      case HOUR_12, HOUR -> hour = digits(2, field);
      case MINUTE -> minute = digits(2, field);
      case SECOND -> second = digits(2, field);
      case SECOND_OF_DAY -> second = digits(5, field);
      case MILLISECOND -> micros = fraction(3, field) * 1_000;
      case MICROSECOND -> micros = fraction(6, field);
      default -> digits(2, field);
    }
  }

  private int twoDigits(boolean isBounded, Field field) {
    int begin = at;
    int value = digits(isBounded ? 2 : 4, field);
    return at - begin <= 2 ? near(value, 100) : value;
  }

  /// A year given by its last digits: from 1970 to 2069.
  private static int near(int digits, int modulus) {
    return switch (modulus) {
      case 100 -> digits < 70 ? 2000 + digits : 1900 + digits;
      case 1_000 -> digits < 100 || digits < 520 ? 2000 + digits : 1000 + digits;
      default -> 2020 + digits;
    };
  }

  private int digits(int most, Field field) {
    int begin = at;
    while (at < text.length() && at - begin < most && Character.isDigit(text.charAt(at))) {
      at++;
    }
    if (begin == at) {
      throw SqlException.ofValue(
          SqlState.INVALID_DATETIME_FORMAT,
          "invalid value \"" + original.substring(begin) + "\" for \"" + field + "\"");
    }
    return Integer.parseInt(text, begin, at, 10);
  }

  private int fraction(int width, Field field) {
    int begin = at;
    int value = digits(width, field);
    for (int i = at - begin; i < width; i++) {
      value *= 10;
    }
    return value;
  }

  private void word(Item item) {
    switch (item.field()) {
      case AM, PM, AM_DOTS, PM_DOTS -> half = letters().startsWith("p") ? 12 : 0;
      case AD, BC, AD_DOTS, BC_DOTS -> isBc = letters().startsWith("b");
      case MONTH_NAME, MONTH_ABBREVIATION -> month = monthName();
      case ROMAN_MONTH -> month = roman();
      case DAY_NAME, DAY_ABBREVIATION -> letters();
      case ZONE, OFFSET -> zone();
      default -> throw new IllegalStateException(item.toString());
    }
  }

  private String letters() {
    int begin = at;
    while (at < text.length() && (Character.isLetter(text.charAt(at)) || text.charAt(at) == '.')) {
      at++;
    }
    return text.substring(begin, at);
  }

  private int monthName() {
    for (int i = 0; i < 12; i++) {
      String name = Months.MONTHS.get(i).toLowerCase(Locale.ROOT);
      if (text.startsWith(name, at)) {
        at += name.length();
        return i + 1;
      }
    }
    for (int i = 0; i < 12; i++) {
      if (text.startsWith(Months.MONTHS.get(i).toLowerCase(Locale.ROOT).substring(0, 3), at)) {
        at += 3;
        return i + 1;
      }
    }
    throw SqlException.ofValue(
        SqlState.INVALID_DATETIME_FORMAT,
        "invalid value \"" + original.substring(at) + "\" for \"MON\"");
  }

  private int roman() {
    for (int i = 0; i < ROMAN.size(); i++) {
      if (text.startsWith(ROMAN.get(i), at)) {
        at += ROMAN.get(i).length();
        return ROMAN_VALUES[i];
      }
    }
    return 1;
  }

  private void zone() {
    int begin = at;
    while (at < text.length() && text.charAt(at) != ' ') {
      at++;
    }
    String name = text.substring(begin, at);
    zone =
        Zones.find(name)
            .orElseThrow(
                () ->
                    SqlException.ofValue(
                        SqlState.INVALID_PARAMETER_VALUE,
                        "time zone \"" + name + "\" not recognized"));
  }

  private int days(boolean strict) {
    if (julian != ABSENT) {
      return julian - JULIAN_EPOCH;
    }
    if (isoYear != ABSENT && isoWeek != ABSENT) {
      int fourth = Civil.days(isoYear, 1, 4);
      return fourth - Math.floorMod(fourth + 3, 7) + (isoWeek - 1) * 7 + isoDay - 1;
    }
    int years = year == ABSENT ? isoYear == ABSENT ? 1 : isoYear : year;
    int astronomical = isBc ? 1 - years : years;
    if (dayOfYear != ABSENT && month == ABSENT) {
      return Civil.days(astronomical, 1, 1) + dayOfYear - 1;
    }
    int months = month == ABSENT ? 1 : month;
    int dayOfMonth = day == ABSENT ? 1 : day;
    boolean exists =
        months >= 1
            && months <= 12
            && dayOfMonth >= 1
            && dayOfMonth <= (strict ? Civil.daysInMonth(astronomical, months) : 31);
    if (!exists) {
      throw SqlException.ofValue(
          SqlState.DATETIME_FIELD_OVERFLOW,
          "date/time field date value out of range: " + years + "-" + months + "-" + dayOfMonth);
    }
    return Civil.days(astronomical, months, dayOfMonth);
  }

  private long localMicros(boolean strict) {
    int hours = half == ABSENT ? hour : hour % 12 + half;
    if (minute > 59 || strict && (hours > 23 || second > 59)) {
      throw SqlException.ofValue(
          SqlState.DATETIME_FIELD_OVERFLOW,
          "date/time field time value out of range: " + hours + ":" + minute + ":" + second + ".0");
    }
    long seconds = (hours * 60L + minute) * 60 + second;
    return days(strict) * Civil.MICROS_PER_DAY + seconds * Civil.MICROS_PER_SECOND + micros;
  }
}

package io.redward.functions.text;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.zone.ZoneRules;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/// Reads a date, a time or both in any of the forms that people write: ISO, `01/05/2008` (month
/// first), `Jan 5, 2008`, `5-Jan-2008`, `20080105`, `1999.008`, `J2454471`, with a time
/// (`4:05 PM`, `040506`, `24:00`), a zone (`-08`, `PST`, `Europe/Berlin`), `BC`, and the words
/// `now`, `today`, `tomorrow`, `yesterday`, `epoch`. The common ISO form does not come here.
///
/// One instance reads one text. Source: PostgreSQL's manual, "Date/Time Input Interpretation".
final class DatetimeParser {
  private static final List<String> MONTHS =
      List.of("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec");
  private static final List<String> WEEKDAYS =
      List.of("sun", "mon", "tue", "wed", "thu", "fri", "sat");
  private static final int JULIAN_EPOCH = 2_440_588;
  private static final int ABSENT = Integer.MIN_VALUE;

  private final String original;
  private final String text;
  private final byte[] bytes;
  private final String type;
  private int at;

  private int year = ABSENT;
  private int month = ABSENT;
  private int day = ABSENT;
  private int dayNumber = ABSENT;
  private long timeMicros;
  private boolean hasTime;
  private boolean isBc;
  private int offsetSeconds = ABSENT;
  private @Nullable ZoneRules rules;

  /// @param type as error messages name it
  DatetimeParser(byte[] page, int offset, int length, String type) {
    this.original = Numbers.text(page, offset, length);
    this.text = original.toLowerCase(Locale.ROOT);
    this.bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    this.type = type;
    parse();
  }

  private void parse() {
    while (at < text.length()) {
      char letter = text.charAt(at);
      if (letter == ' ' || letter == ',' || letter >= '\t' && letter <= '\r') {
        at++;
      } else if (letter >= '0' && letter <= '9') {
        number();
      } else if (letter >= 'a' && letter <= 'z') {
        word();
      } else if ((letter == '+' || letter == '-') && (hasTime || hasDate())) {
        offset();
      } else if ((letter == '-' || letter == '/' || letter == '.') && month != ABSENT) {
        at++;
      } else {
        throw invalid();
      }
    }
  }

  boolean hasDate() {
    return dayNumber != ABSENT || year != ABSENT && month != ABSENT && day != ABSENT;
  }

  boolean hasTime() {
    return hasTime;
  }

  private int digits() {
    int begin = at;
    while (at < text.length() && Character.isDigit(text.charAt(at))) {
      at++;
    }
    return at - begin;
  }

  private int value(int begin, int length) {
    if (length == 0 || length > 9) {
      throw invalid();
    }
    return Integer.parseInt(text, begin, begin + length, 10);
  }

  private void number() {
    int begin = at;
    int length = digits();
    char next = at < text.length() ? text.charAt(at) : ' ';
    if (next == ':') {
      at = begin;
      clock();
    } else if ((next == '-' || next == '/' || next == '.') && !hasDate() && month == ABSENT) {
      separated(begin, length, next);
    } else {
      plain(begin, length);
    }
  }

  /// Three parts, or year and day of the year.
  private void separated(int begin, int length, char separator) {
    int first = value(begin, length);
    at++;
    int second = at;
    if (at < text.length() && Character.isLetter(text.charAt(at))) {
      while (at < text.length() && Character.isLetter(text.charAt(at))) {
        at++;
      }
      month = monthOf(text.substring(second, at));
      third(first, length, separator);
      return;
    }
    int secondLength = digits();
    int secondValue = value(second, secondLength);
    if (separator == '.' && secondLength == 3 && length > 2) {
      dayNumber = Civil.days(first, 1, 1) + secondValue - 1;
      return;
    }
    if (length > 2) {
      month = secondValue;
      third(first, length, separator);
    } else {
      month = first;
      day = secondValue;
      expect(separator);
      int third = at;
      year = fullYear(third, digits());
    }
  }

  /// The rest after a month in the middle: a day if the first part is a year, or the year.
  private void third(int first, int length, char separator) {
    expect(separator);
    int begin = at;
    int thirdLength = digits();
    if (length > 2 || first > 31) {
      year = length > 2 ? first : twoDigitYear(first);
      day = value(begin, thirdLength);
    } else {
      day = first;
      year = fullYear(begin, thirdLength);
    }
  }

  private void expect(char separator) {
    if (at >= text.length() || text.charAt(at) != separator) {
      throw invalid();
    }
    at++;
  }

  private int fullYear(int begin, int length) {
    int value = value(begin, length);
    return length <= 2 ? twoDigitYear(value) : value;
  }

  private static int twoDigitYear(int value) {
    return value < 70 ? 2000 + value : 1900 + value;
  }

  private void plain(int begin, int length) {
    boolean onlyTime = type.startsWith("time") && !type.startsWith("timestamp");
    if (onlyTime && !hasTime && !hasDate() && (length == 6 || length == 4)) {
      int second = length == 6 ? value(begin + 4, 2) : 0;
      setTime(value(begin, 2), value(begin + 2, 2), second, fraction());
    } else if (!hasDate() && (length == 8 || length == 14)) {
      year = value(begin, 4);
      month = value(begin + 4, 2);
      day = value(begin + 6, 2);
      if (length == 14) {
        setTime(value(begin + 8, 2), value(begin + 10, 2), value(begin + 12, 2), 0);
      }
    } else if (!hasDate() && length == 6 && month == ABSENT) {
      year = twoDigitYear(value(begin, 2));
      month = value(begin + 2, 2);
      day = value(begin + 4, 2);
    } else if (hasDate() && !hasTime && (length == 6 || length == 4)) {
      int second = length == 6 ? value(begin + 4, 2) : 0;
      setTime(value(begin, 2), value(begin + 2, 2), second, fraction());
    } else if (!hasTime && length <= 2 && isFollowedByHalfDay()) {
      setTime(value(begin, length), 0, 0, 0);
    } else if (length <= 2 && day == ABSENT) {
      day = value(begin, length);
    } else if (length <= 4 && year == ABSENT) {
      year = fullYear(begin, length);
    } else {
      throw invalid();
    }
  }

  private boolean isFollowedByHalfDay() {
    String rest = text.substring(at).stripLeading();
    return rest.startsWith("am") || rest.startsWith("pm");
  }

  /// `hh:mm[:ss[.f…]]`.
  private void clock() {
    int hourBegin = at;
    int hour = value(hourBegin, digits());
    expect(':');
    int minuteBegin = at;
    int minute = value(minuteBegin, digits());
    int second = 0;
    long micros = 0;
    if (at < text.length() && text.charAt(at) == ':') {
      at++;
      int secondBegin = at;
      second = value(secondBegin, digits());
      micros = fraction();
    }
    setTime(hour, minute, second, micros);
  }

  /// `.f…` as microseconds, rounded; 0 if there is none.
  private long fraction() {
    if (at >= text.length() || text.charAt(at) != '.') {
      return 0;
    }
    at++;
    int begin = at;
    int length = digits();
    long micros = 0;
    for (int i = 0; i < 6; i++) {
      micros = micros * 10 + (i < length ? text.charAt(begin + i) - '0' : 0);
    }
    return length > 6 && text.charAt(begin + 6) >= '5' ? micros + 1 : micros;
  }

  private void setTime(int hour, int minute, int second, long micros) {
    if (hasTime) {
      throw invalid();
    }
    boolean isEnd = hour == 24 && minute == 0 && second == 0 && micros == 0;
    if (hour > 23 && !isEnd || minute > 59 || second > 60) {
      throw outOfRange();
    }
    timeMicros = ((hour * 60L + minute) * 60 + second) * Civil.MICROS_PER_SECOND + micros;
    hasTime = true;
  }

  private void offset() {
    int begin = at++;
    while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == ':')) {
      at++;
    }
    offsetSeconds = Zones.parseOffset(bytes, begin, at - begin);
    if (offsetSeconds == Zones.NO_OFFSET) {
      throw outOfRange();
    }
  }

  private void word() {
    int begin = at;
    while (at < text.length() && isOfName(text.charAt(at))) {
      at++;
    }
    String word = text.substring(begin, at);
    switch (word) {
      case "t", "at", "on" -> {}
      case "am", "pm" -> halfDay(word.equals("pm"));
      case "bc" -> isBc = true;
      case "ad" -> {}
      case "now", "today", "tomorrow", "yesterday", "epoch" -> special(word);
      case "j" -> {
        int digits = at;
        dayNumber = value(digits, digits()) - JULIAN_EPOCH;
      }
      default -> {
        if (isWeekday(word)) {
          return;
        }
        if (month == ABSENT && dayNumber == ABSENT && isMonth(word)) {
          month = monthOf(word);
        } else {
          zone(begin);
        }
      }
    }
  }

  private static boolean isOfName(char letter) {
    return letter >= 'a' && letter <= 'z' || letter == '/' || letter == '_';
  }

  private void halfDay(boolean afternoon) {
    long hour = timeMicros / Civil.MICROS_PER_HOUR;
    if (!hasTime || hour < 1 || hour > 12) {
      throw outOfRange();
    }
    long twelve = 12 * Civil.MICROS_PER_HOUR;
    timeMicros += afternoon ? hour == 12 ? 0 : twelve : hour == 12 ? -twelve : 0;
  }

  private void special(String word) {
    // The clock of the machine, not of the statement: rows of text rarely say "now", and literals
    // that do are converted when the statement is bound.
    Instant now = Instant.now();
    long micros = now.getEpochSecond() * Civil.MICROS_PER_SECOND + now.getNano() / 1_000;
    dayNumber =
        switch (word) {
          case "epoch" -> 0;
          case "tomorrow" -> Civil.dayOf(micros) + 1;
          case "yesterday" -> Civil.dayOf(micros) - 1;
          default -> Civil.dayOf(micros);
        };
    if (word.equals("now")) {
      timeMicros = Civil.timeOf(micros);
      hasTime = true;
    }
  }

  private static boolean isWeekday(String word) {
    return word.length() >= 3
        && WEEKDAYS.contains(word.substring(0, 3))
        && (word.length() == 3 || word.endsWith("day") || word.equals("tues"));
  }

  private static boolean isMonth(String word) {
    return word.length() >= 3 && MONTHS.contains(word.substring(0, 3)) && Months.isName(word);
  }

  private int monthOf(String word) {
    if (!isMonth(word)) {
      throw invalid();
    }
    return MONTHS.indexOf(word.substring(0, 3)) + 1;
  }

  private void zone(int begin) {
    while (at < text.length() && text.charAt(at) != ' ') {
      at++;
    }
    rules = Zones.find(text.substring(begin, at)).orElseThrow(this::invalid);
  }

  /// The day, without the time.
  int days() {
    if (dayNumber != ABSENT) {
      return dayNumber;
    }
    if (!hasDate()) {
      throw invalid();
    }
    int astronomical = isBc ? 1 - year : year;
    if (month < 1
        || month > 12
        || day < 1
        || day > Civil.daysInMonth(astronomical, month)
        || year == 0
        || year > 294_000) {
      throw outOfRange();
    }
    return Civil.days(astronomical, month, day);
  }

  long timeMicros() {
    if (!hasTime && !hasDate()) {
      throw invalid();
    }
    return timeMicros;
  }

  /// Day and time as written, whatever the zone.
  long localMicros() {
    return days() * Civil.MICROS_PER_DAY + timeMicros;
  }

  /// The instant, in `zone` if the text names none.
  long utcMicros(ZoneRules zone) {
    long local = localMicros();
    return offsetSeconds != ABSENT
        ? local - offsetSeconds * Civil.MICROS_PER_SECOND
        : Zones.toUtc(rules != null ? rules : zone, local);
  }

  /// The offset of the zone that the text names, or of `zone`, on its date or else on `today`.
  int offsetSeconds(ZoneRules zone, int today) {
    if (offsetSeconds != ABSENT) {
      return offsetSeconds;
    }
    ZoneRules used = rules != null ? rules : zone;
    long local = (hasDate() ? days() : today) * Civil.MICROS_PER_DAY + timeMicros;
    return Zones.offsetSeconds(used, Zones.toUtc(used, local));
  }

  SqlException invalid() {
    return SqlException.ofValue(
        SqlState.INVALID_DATETIME_FORMAT,
        "invalid input syntax for type " + type + ": \"" + original + "\"");
  }

  SqlException outOfRange() {
    return SqlException.ofValue(
        SqlState.DATETIME_FIELD_OVERFLOW,
        "date/time field value out of range: \"" + original + "\"");
  }
}

package io.redward.functions.datetime;

import io.redward.foundation.batch.ValueOut;
import io.redward.functions.datetime.DatetimePattern.Item;
import io.redward.functions.text.Civil;
import io.redward.functions.text.DatePart;
import io.redward.functions.text.Months;
import io.redward.functions.text.Numbers;
import io.redward.functions.text.Zones;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;

/// TO_CHAR of datetimes and intervals.
public final class DatetimeFormat {
  private static final int JULIAN_EPOCH = 2_440_588;
  private static final List<String> ROMAN_MONTHS =
      List.of("I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII");
  private static final DateTimeFormatter ABBREVIATION =
      DateTimeFormatter.ofPattern("zzz", Locale.US);

  private DatetimeFormat() {}

  public static void timestamp(long micros, byte[] pattern, int offset, int length, ValueOut out) {
    write(micros, 0, "UTC", DatetimePattern.of(pattern, offset, length), out);
  }

  public static void date(int days, byte[] pattern, int offset, int length, ValueOut out) {
    timestamp(days * Civil.MICROS_PER_DAY, pattern, offset, length, out);
  }

  public static void instant(
      long micros,
      byte[] pattern,
      int offset,
      int length,
      byte[] zone,
      int zoneOffset,
      int zoneLength,
      ValueOut out) {
    int east = Zones.offsetSeconds(Zones.rules(zone, zoneOffset, zoneLength), micros);
    String name = abbreviation(Numbers.text(zone, zoneOffset, zoneLength), micros);
    write(
        micros + east * Civil.MICROS_PER_SECOND,
        east,
        name,
        DatetimePattern.of(pattern, offset, length),
        out);
  }

  /// The name that a zone goes by at an instant, such as `PDT`.
  static String abbreviation(String zone, long micros) {
    try {
      Instant instant = Instant.ofEpochSecond(Math.floorDiv(micros, Civil.MICROS_PER_SECOND));
      ZoneId id = ZoneId.of(zone);
      return id instanceof ZoneOffset ? zone : ABBREVIATION.format(instant.atZone(id));
    } catch (DateTimeException _) {
      return zone.toUpperCase(Locale.ROOT);
    }
  }

  private static void write(
      long micros, int offsetSeconds, String zone, DatetimePattern pattern, ValueOut out) {
    int days = Civil.dayOf(micros);
    StringBuilder text = new StringBuilder(32);
    for (Item item : pattern.items()) {
      int begin = text.length();
      if (item.field().isNumber()) {
        number(item, days, Civil.timeOf(micros), text);
        if (!item.ordinal().isEmpty()) {
          text.append(ordinal(text.substring(begin), item.ordinal()));
        }
      } else {
        word(item, days, Civil.timeOf(micros), offsetSeconds, zone, text);
      }
    }
    byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
    out.bytes(bytes, 0, bytes.length);
  }

  private static void number(Item item, int days, long time, StringBuilder text) {
    long date = Civil.date(days);
    int year = Math.abs(Parts.ofDate(DatePart.YEAR.code(), days));
    int hour = (int) (time / Civil.MICROS_PER_HOUR);
    int dayOfYear = Parts.ofDate(DatePart.DAY_OF_YEAR.code(), days);
    switch (item.field()) {
      case CENTURY -> put(text, Parts.ofDate(DatePart.CENTURY.code(), days), 2, item);
      case DAY_OF_YEAR -> put(text, dayOfYear, 3, item);
      case DAY -> put(text, Civil.day(date), 2, item);
      case DAY_OF_WEEK -> text.append(Civil.dayOfWeek(days) + 1);
      case HOUR_24 -> put(text, hour, 2, item);
      case HOUR_12, HOUR -> put(text, hour % 12 == 0 ? 12 : hour % 12, 2, item);
      case ISO_DAY_OF_YEAR ->
          put(text, (Parts.isoWeek(days) - 1) * 7 + isoDayOfWeek(days), 3, item);
      case ISO_DAY_OF_WEEK -> text.append(isoDayOfWeek(days));
      case ISO_WEEK -> put(text, Parts.isoWeek(days), 2, item);
      case ISO_YEAR -> put(text, Parts.isoYear(days), 4, item);
      case ISO_YEAR_3 -> put(text, Parts.isoYear(days) % 1_000, 3, item);
      case ISO_YEAR_2 -> put(text, Parts.isoYear(days) % 100, 2, item);
      case ISO_YEAR_1 -> text.append(Parts.isoYear(days) % 10);
      case JULIAN -> text.append(days + JULIAN_EPOCH);
      case MINUTE -> put(text, time / Civil.MICROS_PER_MINUTE % 60, 2, item);
      case MONTH -> put(text, Civil.month(date), 2, item);
      case MILLISECOND -> put(text, time % Civil.MICROS_PER_SECOND / 1_000, 3, item);
      case QUARTER -> text.append((Civil.month(date) + 2) / 3);
      case SECOND_OF_DAY -> text.append(time / Civil.MICROS_PER_SECOND);
      case SECOND -> put(text, time / Civil.MICROS_PER_SECOND % 60, 2, item);
      case MICROSECOND -> put(text, time % Civil.MICROS_PER_SECOND, 6, item);
      case WEEK_OF_YEAR -> put(text, (dayOfYear - 1) / 7 + 1, 2, item);
      case WEEK_OF_MONTH -> text.append((Civil.day(date) - 1) / 7 + 1);
      case YEAR_COMMA -> {
        text.append(year / 1_000).append(',');
        put(text, year % 1_000, 3, item);
      }
      case YEAR -> put(text, year, 4, item);
      case YEAR_3 -> put(text, year % 1_000, 3, item);
      case YEAR_2 -> put(text, year % 100, 2, item);
      case YEAR_1 -> text.append(year % 10);
      default -> throw new IllegalStateException(item.toString());
    }
  }

  private static int isoDayOfWeek(int days) {
    return Civil.dayOfWeek(days) == 0 ? 7 : Civil.dayOfWeek(days);
  }

  private static void put(StringBuilder text, long value, int digits, Item item) {
    String shown = Long.toString(value);
    for (int i = shown.length(); item.fill() && i < digits; i++) {
      text.append('0');
    }
    text.append(shown);
  }

  private static void word(
      Item item, int days, long time, int offsetSeconds, String zone, StringBuilder text) {
    int month = Civil.month(Civil.date(days)) - 1;
    boolean afternoon = time >= 12 * Civil.MICROS_PER_HOUR;
    boolean isBc = Civil.year(Civil.date(days)) <= 0;
    switch (item.field()) {
      case AM_DOTS, PM_DOTS -> text.append(cased(afternoon ? "P.M." : "A.M.", item));
      case AM, PM -> text.append(cased(afternoon ? "PM" : "AM", item));
      case AD_DOTS, BC_DOTS -> text.append(cased(isBc ? "B.C." : "A.D.", item));
      case AD, BC -> text.append(cased(isBc ? "BC" : "AD", item));
      case DAY_NAME -> name(text, Months.DAYS.get(Civil.dayOfWeek(days)), 9, item);
      case DAY_ABBREVIATION ->
          name(text, Months.DAYS.get(Civil.dayOfWeek(days)).substring(0, 3), 3, item);
      case MONTH_NAME -> name(text, Months.MONTHS.get(month), 9, item);
      case MONTH_ABBREVIATION -> name(text, Months.MONTHS.get(month).substring(0, 3), 3, item);
      case ROMAN_MONTH -> name(text, ROMAN_MONTHS.get(month), 4, item);
      case ZONE -> text.append(cased(zone, item));
      case OFFSET -> {
        int magnitude = Math.abs(offsetSeconds);
        text.append(offsetSeconds < 0 ? '-' : '+');
        text.append(String.format(Locale.ROOT, "%02d", magnitude / 3_600));
        if (magnitude % 3_600 != 0) {
          text.append(String.format(Locale.ROOT, ":%02d", magnitude / 60 % 60));
        }
      }
      default -> text.append(item.text());
    }
  }

  private static void name(StringBuilder text, String name, int width, Item item) {
    text.append(cased(name, item));
    for (int i = name.length(); item.fill() && i < width; i++) {
      text.append(' ');
    }
  }

  /// In the letter case of the pattern: `MONTH`, `Month`, `month`.
  private static String cased(String name, Item item) {
    String shape = item.text();
    if (Character.isLowerCase(shape.charAt(0))) {
      return name.toLowerCase(Locale.ROOT);
    }
    return Character.isLowerCase(shape.charAt(shape.length() - 1))
        ? name
        : name.toUpperCase(Locale.ROOT);
  }

  private static String ordinal(String number, String shape) {
    int length = number.length();
    boolean teen = length > 1 && number.charAt(length - 2) == '1';
    String suffix =
        switch (teen ? '0' : number.charAt(length - 1)) {
          case '1' -> "st";
          case '2' -> "nd";
          case '3' -> "rd";
          default -> "th";
        };
    return shape.equals("TH") ? suffix.toUpperCase(Locale.ROOT) : suffix;
  }
}

package io.redward.load.format;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.time.temporal.TemporalQueries;
import java.util.Locale;

/// A pattern of DATEFORMAT or TIMEFORMAT (`DD.MM.YYYY HH24:MI:SS`), translated for the JDK's
/// formatter.
final class FieldPattern {
  /// Parts, longer ones before their prefixes.
  private static final String[][] PARTS = {
    {"YYYY", "uuuu"},
    {"YY", "uu"},
    {"MONTH", "MMMM"},
    {"MON", "MMM"},
    {"MM", "MM"},
    {"DDD", "DDD"},
    {"DD", "dd"},
    {"HH24", "HH"},
    {"HH12", "hh"},
    {"HH", "HH"},
    {"MI", "mm"},
    {"SS", "ss"},
    {"AM", "a"},
    {"PM", "a"},
    {"US", "SSSSSS"},
    {"MS", "SSS"},
    {"OF", "XXX"},
    {"TZ", "z"}
  };

  private final DateTimeFormatter formatter;

  private FieldPattern(DateTimeFormatter formatter) {
    this.formatter = formatter;
  }

  static FieldPattern of(String format) {
    StringBuilder pattern = new StringBuilder();
    String upper = format.toUpperCase(Locale.ROOT);
    int at = 0;
    while (at < upper.length()) {
      String[] part = part(upper, at);
      if (part.length > 0) {
        pattern.append(part[1]);
        at += part[0].length();
      } else {
        char c = format.charAt(at++);
        pattern.append(c == '\'' ? "''" : "'" + c + "'");
      }
    }
    return new FieldPattern(
        new DateTimeFormatterBuilder()
            .parseCaseInsensitive()
            .parseLenient()
            .appendPattern(pattern.toString())
            .toFormatter(Locale.ENGLISH));
  }

  private static String[] part(String format, int at) {
    for (String[] part : PARTS) {
      if (format.startsWith(part[0], at)) {
        return part;
      }
    }
    return new String[0];
  }

  /// Days of a DATE, else the `long` of the type.
  long parse(SqlType type, String text) {
    try {
      TemporalAccessor parsed = formatter.parse(text);
      LocalDate date = parsed.query(TemporalQueries.localDate());
      LocalTime time = parsed.query(TemporalQueries.localTime());
      long micros = time == null ? 0 : time.toNanoOfDay() / 1_000;
      if (type.kind() == TypeKind.TIME) {
        return micros;
      }
      if (date == null) {
        throw TemporalFields.invalid(type);
      }
      if (type.kind() == TypeKind.DATE) {
        return date.toEpochDay();
      }
      long offset =
          parsed.isSupported(ChronoField.OFFSET_SECONDS)
              ? parsed.getLong(ChronoField.OFFSET_SECONDS)
              : 0;
      return date.toEpochDay() * 86_400_000_000L + micros - offset * 1_000_000;
    } catch (DateTimeException e) {
      throw TemporalFields.invalid(type);
    }
  }
}

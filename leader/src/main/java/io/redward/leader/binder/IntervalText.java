package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.sql.ast.IntervalQualifier;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// The value of an interval literal, in months and microseconds: `1 year 2 months`, `3 days 04:05`,
/// `1-2` with YEAR TO MONTH, `90` with DAY.
///
/// @param months whole months
/// @param micros days, hours and smaller in microseconds
record IntervalText(int months, long micros) {
  private static final Pattern PART =
      Pattern.compile("\\s*([+-]?\\d*\\.?\\d+)\\s*([a-z]+)?,?\\s*", Pattern.CASE_INSENSITIVE);
  private static final Pattern CLOCK =
      Pattern.compile("\\s*([+-]?)(\\d+):(\\d{1,2})(?::(\\d{1,2}(?:\\.\\d+)?))?\\s*");
  private static final Pattern YEAR_MONTH = Pattern.compile("\\s*([+-]?)(\\d+)-(\\d+)\\s*");
  private static final long SECOND = LiteralText.MICROS_PER_SECOND;

  /// Reads a literal.
  ///
  /// @throws SqlException 22007 if it is none
  static IntervalText parse(String text, Optional<IntervalQualifier> qualifier) {
    String rest = text.strip().toLowerCase(Locale.ROOT);
    boolean ago = rest.endsWith(" ago");
    if (ago) {
      rest = rest.substring(0, rest.length() - " ago".length());
    }
    IntervalText sum = new IntervalText(0, 0);
    boolean any = false;
    while (!rest.isBlank()) {
      any = true;
      Matcher yearMonth = YEAR_MONTH.matcher(rest);
      Matcher clock = CLOCK.matcher(rest);
      Matcher part = PART.matcher(rest);
      if (yearMonth.lookingAt()) {
        int months =
            Math.addExact(
                Math.multiplyExact(Integer.parseInt(yearMonth.group(2)), 12),
                Integer.parseInt(yearMonth.group(3)));
        sum = sum.plus(yearMonth.group(1).equals("-") ? -months : months, 0);
        rest = rest.substring(yearMonth.end());
      } else if (clock.lookingAt()) {
        sum = sum.plus(0, clockMicros(clock, qualifier, text));
        rest = rest.substring(clock.end());
      } else if (part.lookingAt()) {
        boolean last = part.end() == rest.length();
        sum = sum.plus(part(part, last, qualifier, text));
        rest = rest.substring(part.end());
      } else {
        throw invalid(text);
      }
    }
    if (!any) {
      throw invalid(text);
    }
    return ago ? new IntervalText(-sum.months, -sum.micros) : sum;
  }

  /// What the fields of a qualifier hold of it: smaller ones are cut off, and the seconds' fraction
  /// is rounded to the digits that it names.
  ///
  /// @param composite whether months beside days, or days beside months, are left out rather than
  ///     refused
  IntervalText within(IntervalQualifier qualifier, boolean composite) {
    if (isMixed() && !composite) {
      String kind = qualifier.isYearMonth() ? "Year To Month" : "Day To Second";
      String other = qualifier.isYearMonth() ? "day-second" : "year-month";
      throw new SqlException(
          SqlState.INVALID_DATETIME_FORMAT,
          "Interval "
              + kind
              + " literal cannot contain "
              + other
              + " parts. Disable the GUC interval_forbid_composite_literals to suppress this error"
              + " and silently discard the "
              + other
              + " part.");
    }
    return switch (qualifier.to()) {
      case YEAR -> new IntervalText(months / 12 * 12, 0);
      case MONTH -> new IntervalText(months, 0);
      case DAY -> cut(LiteralText.MICROS_PER_DAY);
      case HOUR -> cut(3_600 * SECOND);
      case MINUTE -> cut(60 * SECOND);
      case SECOND -> rounded(qualifier.precision().orElse(6));
    };
  }

  private IntervalText cut(long unit) {
    return new IntervalText(0, micros / unit * unit);
  }

  private IntervalText rounded(int digits) {
    BigDecimal seconds = BigDecimal.valueOf(micros, 6);
    BigDecimal shown = seconds.setScale(Math.min(digits, 6), RoundingMode.HALF_UP);
    return new IntervalText(0, shown.movePointRight(6).longValueExact());
  }

  boolean isMixed() {
    return months != 0 && micros != 0;
  }

  private IntervalText plus(int addedMonths, long addedMicros) {
    return new IntervalText(Math.addExact(months, addedMonths), Math.addExact(micros, addedMicros));
  }

  private IntervalText plus(IntervalText other) {
    return plus(other.months, other.micros);
  }

  private static IntervalText part(
      Matcher part, boolean last, Optional<IntervalQualifier> qualifier, String text) {
    BigDecimal number = new BigDecimal(part.group(1));
    String unit = part.group(2);
    if (unit != null) {
      return of(number, unit, text);
    }
    if (qualifier.isPresent()) {
      boolean leading = !last || qualifier.get().from() == qualifier.get().to();
      IntervalQualifier.Field field = leading ? qualifier.get().from() : qualifier.get().to();
      return of(number, field.name().toLowerCase(Locale.ROOT), text);
    }
    return of(number, last ? "second" : "day", text);
  }

  private static IntervalText of(BigDecimal number, String unit, String text) {
    return switch (unit) {
      case "millennium", "millennia", "mil", "mils" -> ofMonths(number, 12_000, text);
      case "century", "centuries", "c", "cent" -> ofMonths(number, 1_200, text);
      case "decade", "decades", "dec", "decs" -> ofMonths(number, 120, text);
      case "year", "years", "y", "yr", "yrs" -> ofMonths(number, 12, text);
      case "quarter", "quarters", "qtr", "qtrs" -> ofMonths(number, 3, text);
      case "month", "months", "mon", "mons" -> ofMonths(number, 1, text);
      case "week", "weeks", "w" -> ofMicros(number, 7 * LiteralText.MICROS_PER_DAY, text);
      case "day", "days", "d" -> ofMicros(number, LiteralText.MICROS_PER_DAY, text);
      case "hour", "hours", "h", "hr", "hrs" -> ofMicros(number, 3_600 * SECOND, text);
      case "minute", "minutes", "m", "min", "mins" -> ofMicros(number, 60 * SECOND, text);
      case "second", "seconds", "s", "sec", "secs" -> ofMicros(number, SECOND, text);
      case "millisecond", "milliseconds", "ms", "msec", "msecs", "msecond", "mseconds" ->
          ofMicros(number, 1_000, text);
      case "microsecond",
          "microseconds",
          "us",
          "usec",
          "usecs",
          "usecond",
          "useconds",
          "microsec",
          "microsecs" ->
          ofMicros(number, 1, text);
      default -> throw invalid(text);
    };
  }

  private static IntervalText ofMonths(BigDecimal number, int months, String text) {
    BigDecimal total = number.multiply(BigDecimal.valueOf(months));
    int whole = total.intValue();
    BigDecimal days = total.subtract(BigDecimal.valueOf(whole)).multiply(BigDecimal.valueOf(30));
    IntervalText rest = ofMicros(days, LiteralText.MICROS_PER_DAY, text);
    return new IntervalText(whole, rest.micros);
  }

  private static IntervalText ofMicros(BigDecimal number, long unitMicros, String text) {
    try {
      BigDecimal micros = number.multiply(BigDecimal.valueOf(unitMicros));
      // Digits past the sixth are cut off: only a precision that is asked for rounds.
      return new IntervalText(0, micros.setScale(0, RoundingMode.DOWN).longValueExact());
    } catch (ArithmeticException e) {
      throw invalid(text);
    }
  }

  /// `hh:mm`, `hh:mm:ss`, and with MINUTE TO SECOND `mm:ss`.
  private static long clockMicros(
      Matcher clock, Optional<IntervalQualifier> qualifier, String text) {
    boolean minutes =
        clock.group(4) == null
            && qualifier.map(q -> q.from() == IntervalQualifier.Field.MINUTE).orElse(false);
    BigDecimal seconds = new BigDecimal(clock.group(4) == null ? "0" : clock.group(4));
    long micros =
        (Long.parseLong(clock.group(2)) * 60 + Long.parseLong(clock.group(3)))
                * (minutes ? 1 : 60)
                * SECOND
            + ofMicros(seconds, SECOND, text).micros;
    return clock.group(1).equals("-") ? -micros : micros;
  }

  private static SqlException invalid(String text) {
    return new SqlException(
        SqlState.INVALID_DATETIME_FORMAT,
        "invalid input syntax for type interval: \"" + text + "\"");
  }
}

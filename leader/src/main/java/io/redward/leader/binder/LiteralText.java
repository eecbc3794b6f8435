package io.redward.leader.binder;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Values written as text, where the form is the usual one: numbers, ISO dates and timestamps,
/// booleans. Anything unusual stays a cast, which the engine evaluates with all its formats and
/// error messages.
final class LiteralText {
  static final long MICROS_PER_SECOND = 1_000_000L;
  static final long MICROS_PER_DAY = 86_400L * MICROS_PER_SECOND;
  private static final Pattern DATE = Pattern.compile("(\\d{4})-(\\d{1,2})-(\\d{1,2})");
  private static final Pattern TIME =
      Pattern.compile("(\\d{1,2}):(\\d{2})(?::(\\d{2})(?:\\.(\\d{1,6}))?)?");
  private static final Pattern NUMBER = Pattern.compile("[+-]?(\\d+\\.?\\d*|\\.\\d+)");

  private LiteralText() {}

  /// The value, or empty where the text must be left to a cast.
  static Optional<Constant> parse(String text, SqlType type) {
    String trimmed = text.strip();
    return switch (type.kind()) {
      case SMALLINT, INTEGER, BIGINT, DECIMAL, OID, REAL, DOUBLE ->
          NUMBER.matcher(trimmed).matches() && trimmed.length() < 60
              ? number(new BigDecimal(trimmed), type, true)
              : Optional.empty();
      case BOOLEAN -> bool(trimmed);
      case DATE -> date(trimmed).map(Constant.IntValue::new);
      case TIME -> time(trimmed).map(Constant.LongValue::new);
      case TIMESTAMP -> timestamp(trimmed).map(Constant.LongValue::new);
      default -> Optional.empty();
    };
  }

  /// A number as a value of a numeric type, rounded half away from zero.
  ///
  /// @param exactIntegers whether a fraction makes it no integer rather than being rounded
  /// @return empty if it does not fit
  static Optional<Constant> number(BigDecimal number, SqlType type, boolean exactIntegers) {
    boolean hasFraction = number.stripTrailingZeros().scale() > 0;
    if (exactIntegers && hasFraction && (type.kind().isInteger() || type.equals(SqlType.OID))) {
      return Optional.empty();
    }
    return switch (type.kind()) {
      case SMALLINT -> integer(number, Short.MIN_VALUE, Short.MAX_VALUE);
      case INTEGER -> integer(number, Integer.MIN_VALUE, Integer.MAX_VALUE);
      case OID -> integer(number, 0, Integer.MAX_VALUE);
      case BIGINT ->
          inRange(number, Long.MIN_VALUE, Long.MAX_VALUE)
              .map(n -> new Constant.LongValue(n.longValueExact()));
      case DECIMAL -> decimal(number, type);
      case REAL -> Optional.of(new Constant.DoubleValue(number.floatValue()));
      case DOUBLE -> Optional.of(new Constant.DoubleValue(number.doubleValue()));
      default -> Optional.empty();
    };
  }

  private static Optional<Constant> integer(BigDecimal number, long min, long max) {
    return inRange(number, min, max).map(n -> new Constant.IntValue(n.intValueExact()));
  }

  private static Optional<BigDecimal> inRange(BigDecimal number, long min, long max) {
    BigDecimal rounded = number.setScale(0, RoundingMode.HALF_UP);
    boolean fits =
        rounded.compareTo(BigDecimal.valueOf(min)) >= 0
            && rounded.compareTo(BigDecimal.valueOf(max)) <= 0;
    return fits ? Optional.of(rounded) : Optional.empty();
  }

  private static Optional<Constant> decimal(BigDecimal number, SqlType type) {
    BigDecimal rounded = number.setScale(type.scale(), RoundingMode.HALF_UP);
    if (rounded.signum() != 0 && rounded.precision() > type.precision()) {
      return Optional.empty();
    }
    return Optional.of(
        switch (type.physical()) {
          case LONG -> new Constant.LongValue(rounded.unscaledValue().longValueExact());
          default -> new Constant.Int128Value(Int128.of(rounded.unscaledValue()));
        });
  }

  private static Optional<Constant> bool(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "t", "true", "y", "yes", "1", "on" -> Optional.of(Constant.of(true));
      case "f", "false", "n", "no", "0", "off" -> Optional.of(Constant.of(false));
      default -> Optional.empty();
    };
  }

  private static Optional<Integer> date(String text) {
    Matcher matcher = DATE.matcher(text);
    return matcher.matches() ? day(matcher) : Optional.empty();
  }

  private static Optional<Integer> day(Matcher date) {
    try {
      LocalDate day =
          LocalDate.of(
              Integer.parseInt(date.group(1)),
              Integer.parseInt(date.group(2)),
              Integer.parseInt(date.group(3)));
      return Optional.of((int) day.toEpochDay());
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> time(String text) {
    Matcher matcher = TIME.matcher(text);
    if (!matcher.matches()) {
      return Optional.empty();
    }
    String fraction = matcher.group(4) == null ? "" : matcher.group(4);
    long micros = Long.parseLong((fraction + "000000").substring(0, 6));
    int second = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
    try {
      LocalTime time =
          LocalTime.of(
              Integer.parseInt(matcher.group(1)), Integer.parseInt(matcher.group(2)), second);
      return Optional.of(time.toSecondOfDay() * MICROS_PER_SECOND + micros);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
  }

  private static Optional<Long> timestamp(String text) {
    int gap = text.indexOf(text.indexOf('T') > 0 ? 'T' : ' ');
    if (gap < 0) {
      return date(text).map(day -> day * MICROS_PER_DAY);
    }
    Optional<Integer> day = date(text.substring(0, gap));
    Optional<Long> time = time(text.substring(gap + 1).strip());
    return day.isPresent() && time.isPresent()
        ? Optional.of(day.get() * MICROS_PER_DAY + time.get())
        : Optional.empty();
  }

  /// A date moved by months; the day is cut to the month's length.
  static int plusMonths(int day, int months) {
    return (int) LocalDate.ofEpochDay(day).plus(months, ChronoUnit.MONTHS).toEpochDay();
  }
}

package io.redward.functions.text;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/// Intervals as text: `1 year 2 months`, `3 days 04:05:06`, `1-2` (years and months),
/// `5 hours ago`.
///
/// @param months the part that has no fixed length
/// @param micros the part that has, a day being 24 hours
public record Intervals(int months, long micros) {
  /// Enough for any interval.
  public static final int LONGEST = 64;

  private static final int DAYS_PER_MONTH = 30;

  public static Intervals parse(byte[] bytes, int offset, int length) {
    String text = Numbers.text(bytes, offset, length);
    try {
      return new Reader(text).read();
    } catch (ArithmeticException _) {
      throw SqlException.ofValue(
          SqlState.DATETIME_FIELD_OVERFLOW, "interval out of range: \"" + text + "\"");
    }
  }

  /// The months of an INTERVAL YEAR TO MONTH; what is smaller than a month is dropped.
  public static int parseMonths(byte[] bytes, int offset, int length) {
    return parse(bytes, offset, length).months;
  }

  /// The microseconds of an INTERVAL DAY TO SECOND, a month being 30 days.
  public static long parseMicros(byte[] bytes, int offset, int length) {
    return parse(bytes, offset, length).estimatedMicros();
  }

  /// The length with 30 days to a month, for comparisons.
  public long estimatedMicros() {
    return Math.addExact(
        micros, Math.multiplyExact(months * (long) DAYS_PER_MONTH, Civil.MICROS_PER_DAY));
  }

  private Intervals plus(Intervals other) {
    return new Intervals(Math.addExact(months, other.months), Math.addExact(micros, other.micros));
  }

  private Intervals negated() {
    return new Intervals(Math.negateExact(months), Math.negateExact(micros));
  }

  /// Writes `1 year 2 mons` and answers the index after it; needs [#LONGEST] bytes.
  public static int putMonths(byte[] buffer, int at, int months) {
    int begin = at;
    at = putUnit(buffer, at, begin, months / 12, "year");
    at = putUnit(buffer, at, begin, months % 12, "mon");
    return at > begin ? at : putText(buffer, at, "0 mons");
  }

  /// Writes `3 days 04:05:06.7` and answers the index after it; needs [#LONGEST] bytes.
  public static int putMicros(byte[] buffer, int at, long micros) {
    int begin = at;
    at = putUnit(buffer, at, begin, micros / Civil.MICROS_PER_DAY, "day");
    long rest = micros % Civil.MICROS_PER_DAY;
    if (rest == 0 && at > begin) {
      return at;
    }
    if (at > begin) {
      buffer[at++] = ' ';
    }
    if (rest < 0) {
      buffer[at++] = '-';
    }
    return Times.put(buffer, at, Math.abs(rest));
  }

  private static int putUnit(byte[] buffer, int at, int begin, long number, String unit) {
    if (number == 0) {
      return at;
    }
    if (at > begin) {
      buffer[at++] = ' ';
    }
    at = Numbers.put(buffer, at, number);
    buffer[at++] = ' ';
    at = putText(buffer, at, unit);
    if (Math.abs(number) != 1) {
      buffer[at++] = 's';
    }
    return at;
  }

  private static int putText(byte[] buffer, int at, String text) {
    for (int i = 0; i < text.length(); i++) {
      buffer[at + i] = (byte) text.charAt(i);
    }
    return at + text.length();
  }

  /// Reads one text from left to right.
  private static final class Reader {
    private final String original;
    private final String text;
    private int at;

    Reader(String original) {
      this.original = original;
      this.text = original.strip().toLowerCase(Locale.ROOT);
    }

    Intervals read() {
      Intervals sum = new Intervals(0, 0);
      boolean any = false;
      boolean ago = false;
      skipBlanks();
      while (at < text.length()) {
        if (any && text.startsWith("ago", at) && at + 3 == text.length()) {
          ago = true;
          at += 3;
        } else {
          sum = sum.plus(part());
          any = true;
        }
        skipBlanks();
      }
      if (!any) {
        throw invalid();
      }
      return ago ? sum.negated() : sum;
    }

    private void skipBlanks() {
      while (at < text.length() && (text.charAt(at) == ' ' || text.charAt(at) == ',')) {
        at++;
      }
    }

    private Intervals part() {
      boolean negative = text.charAt(at) == '-';
      if (negative || text.charAt(at) == '+') {
        at++;
      }
      BigDecimal number = number();
      char next = at < text.length() ? text.charAt(at) : ' ';
      Intervals value;
      if (next == ':') {
        value = clock(number);
      } else if (next == '-') {
        at++;
        value =
            new Intervals(
                Math.addExact(
                    Math.multiplyExact(number.intValueExact(), 12), number().intValueExact()),
                0);
      } else {
        skipBlanks();
        int begin = at;
        while (at < text.length() && text.charAt(at) >= 'a' && text.charAt(at) <= 'z') {
          at++;
        }
        String unit = begin < at ? text.substring(begin, at) : isBeforeClock() ? "day" : "second";
        value = of(number, DatePart.of(unit).orElseThrow(this::invalid));
      }
      return negative ? value.negated() : value;
    }

    /// Whether hours and minutes come next, as in `1 04:05`.
    private boolean isBeforeClock() {
      return text.indexOf(':', at) > 0;
    }

    private BigDecimal number() {
      int begin = at;
      while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
        at++;
      }
      try {
        return new BigDecimal(text.substring(begin, at));
      } catch (NumberFormatException _) {
        throw invalid();
      }
    }

    private Intervals clock(BigDecimal hours) {
      at++;
      BigDecimal minutes = number();
      BigDecimal seconds = BigDecimal.ZERO;
      if (at < text.length() && text.charAt(at) == ':') {
        at++;
        seconds = number();
      }
      return of(hours, DatePart.HOUR)
          .plus(of(minutes, DatePart.MINUTE))
          .plus(of(seconds, DatePart.SECOND));
    }

    private Intervals of(BigDecimal number, DatePart unit) {
      if (unit.months() == 0) {
        if (unit.micros() == 0) {
          throw invalid();
        }
        return new Intervals(0, whole(number.multiply(BigDecimal.valueOf(unit.micros()))));
      }
      BigDecimal months = number.multiply(BigDecimal.valueOf(unit.months()));
      int wholeMonths = months.setScale(0, RoundingMode.DOWN).intValueExact();
      BigDecimal days =
          months
              .subtract(BigDecimal.valueOf(wholeMonths))
              .multiply(BigDecimal.valueOf(DAYS_PER_MONTH));
      return new Intervals(
          wholeMonths, whole(days.multiply(BigDecimal.valueOf(Civil.MICROS_PER_DAY))));
    }

    private static long whole(BigDecimal micros) {
      return micros.setScale(0, RoundingMode.HALF_UP).longValueExact();
    }

    private SqlException invalid() {
      return SqlException.ofValue(
          SqlState.INVALID_DATETIME_FORMAT,
          "invalid input syntax for type interval: \"" + original + "\"");
    }
  }
}

package io.redward.functions.math;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.math.NumberPattern.Field;
import io.redward.functions.math.NumberPattern.Item;
import io.redward.functions.text.Decimals;
import io.redward.functions.text.Numbers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/// TO_CHAR of numbers and TO_NUMBER.
public final class NumberFormat {
  private static final int[] ROMAN_VALUES = {1000, 900, 500, 400, 100, 90, 50, 40, 10, 9, 5, 4, 1};
  private static final String[] ROMAN_DIGITS = {
    "M", "CM", "D", "CD", "C", "XC", "L", "XL", "X", "IX", "V", "IV", "I"
  };
  private static final int ROMAN_WIDTH = 15;

  /// The scale of TO_NUMBER where the format is no constant.
  static final int OPEN_SCALE = 10;

  private NumberFormat() {}

  /// The digits after the point of a format.
  public static int scale(String format) {
    byte[] bytes = format.getBytes(StandardCharsets.UTF_8);
    NumberPattern pattern = NumberPattern.of(bytes, 0, bytes.length);
    return pattern.fractionDigits + pattern.shift;
  }

  public static void format(long value, byte[] page, int offset, int length, ValueOut out) {
    write(BigDecimal.valueOf(value), NumberPattern.of(page, offset, length), out);
  }

  public static void format(
      long value, byte[] page, int offset, int length, int scale, ValueOut out) {
    write(BigDecimal.valueOf(value, scale), NumberPattern.of(page, offset, length), out);
  }

  public static void format(
      long high, long low, byte[] page, int offset, int length, int scale, ValueOut out) {
    write(Decimals.value(high, low, scale), NumberPattern.of(page, offset, length), out);
  }

  public static void format(double value, byte[] page, int offset, int length, ValueOut out) {
    if (Double.isNaN(value) || Double.isInfinite(value)) {
      throw Decimals.overflow();
    }
    write(new BigDecimal(Double.toString(value)), NumberPattern.of(page, offset, length), out);
  }

  private static void write(BigDecimal value, NumberPattern pattern, ValueOut out) {
    byte[] bytes = text(value, pattern).getBytes(StandardCharsets.UTF_8);
    out.bytes(bytes, 0, bytes.length);
  }

  private static String text(BigDecimal value, NumberPattern pattern) {
    for (Item item : pattern.items) {
      if (item.field() == Field.ROMAN) {
        return roman(value, item.text(), pattern.fill);
      }
    }
    BigDecimal rounded =
        value.movePointRight(pattern.shift).setScale(pattern.fractionDigits, RoundingMode.HALF_UP);
    return new Writer(rounded, pattern).write();
  }

  private static String roman(BigDecimal value, String shape, boolean fill) {
    int number = value.setScale(0, RoundingMode.HALF_UP).intValue();
    StringBuilder text = new StringBuilder();
    if (number < 1 || number > 3999) {
      text.repeat('#', ROMAN_WIDTH);
    } else {
      for (int i = 0; i < ROMAN_VALUES.length; i++) {
        while (number >= ROMAN_VALUES[i]) {
          text.append(ROMAN_DIGITS[i]);
          number -= ROMAN_VALUES[i];
        }
      }
    }
    while (fill && text.length() < ROMAN_WIDTH) {
      text.insert(0, ' ');
    }
    return shape.equals("rn") ? text.toString().toLowerCase(Locale.ROOT) : text.toString();
  }

  /// Writes one number, item by item.
  private static final class Writer {
    private final NumberPattern pattern;
    private final boolean negative;
    private final String whole;
    private final String fraction;
    private final boolean overflows;
    private final StringBuilder text = new StringBuilder();
    private int place;
    private int fractionPlace;
    private boolean started;

    Writer(BigDecimal value, NumberPattern pattern) {
      this.pattern = pattern;
      this.negative = value.signum() < 0;
      String digits = value.abs().toPlainString();
      int point = digits.indexOf('.');
      String all = point < 0 ? digits : digits.substring(0, point);
      boolean isOmitted = all.equals("0") && pattern.fractionDigits > 0;
      this.whole = isOmitted ? "" : all;
      this.fraction = point < 0 ? "" : digits.substring(point + 1);
      this.overflows = whole.length() > pattern.wholeDigits;
    }

    String write() {
      boolean isAfterPoint = false;
      for (Item item : pattern.items) {
        switch (item.field()) {
          case NINE, ZERO -> {
            if (isAfterPoint) {
              fractionDigit();
            } else {
              wholeDigit();
            }
          }
          case POINT -> {
            start();
            text.append('.');
            isAfterPoint = true;
          }
          case GROUP -> {
            if (started) {
              text.append(',');
            } else if (pattern.fill) {
              text.append(' ');
            }
          }
          case CURRENCY -> text.append('$');
          case SIGN -> {
            if (!pattern.signLeads) {
              text.append(negative ? '-' : '+');
            }
          }
          case MINUS -> blankOr(negative, '-');
          case PLUS -> blankOr(!negative, '+');
          case PLUS_MINUS -> text.append(negative ? '-' : '+');
          case BRACKETS -> {
            if (negative) {
              text.append('>');
            } else if (pattern.fill) {
              text.append(' ');
            }
          }
          case ORDINAL -> ordinal(item.text());
          case SHIFT, ROMAN -> {}
          case LITERAL -> text.append(item.text());
        }
      }
      return text.toString();
    }

    private void blankOr(boolean shown, char sign) {
      if (shown) {
        text.append(sign);
      } else if (pattern.fill) {
        text.append(' ');
      }
    }

    private void wholeDigit() {
      int digit = place - (pattern.wholeDigits - whole.length());
      if (overflows) {
        start();
        text.append('#');
      } else if (digit >= 0) {
        start();
        text.append(whole.charAt(digit));
      } else if (place >= pattern.firstZero) {
        start();
        text.append('0');
      } else if (pattern.fill) {
        text.append(' ');
      }
      place++;
    }

    private void fractionDigit() {
      if (overflows) {
        text.append('#');
      } else if (pattern.fill || isNeeded(fractionPlace)) {
        text.append(fraction.charAt(fractionPlace));
      }
      fractionPlace++;
    }

    /// With FM, zeros at the end are shown only where the pattern says 0.
    private boolean isNeeded(int digit) {
      for (int i = digit; i < fraction.length(); i++) {
        if (fraction.charAt(i) != '0' || isZeroPlace(i)) {
          return true;
        }
      }
      return false;
    }

    private boolean isZeroPlace(int digit) {
      int seen = -1;
      boolean isAfterPoint = false;
      for (Item item : pattern.items) {
        if (item.field() == Field.POINT) {
          isAfterPoint = true;
        } else if (isAfterPoint && (item.field() == Field.NINE || item.field() == Field.ZERO)) {
          seen++;
          if (seen == digit) {
            return item.field() == Field.ZERO;
          }
        }
      }
      return false;
    }

    /// Writes the sign that stands right before the first digit.
    private void start() {
      if (started) {
        return;
      }
      started = true;
      if (pattern.hasSign) {
        if (pattern.signLeads) {
          text.append(negative ? '-' : '+');
        }
      } else if (pattern.hasBrackets) {
        blankOr(negative, '<');
      } else if (!pattern.hasMinus) {
        blankOrSign();
      }
    }

    private void blankOrSign() {
      if (negative) {
        text.append('-');
      } else if (pattern.fill) {
        text.append(' ');
      }
    }

    private void ordinal(String shape) {
      if (negative || pattern.hasPoint || whole.isEmpty()) {
        return;
      }
      boolean teen = whole.length() > 1 && whole.charAt(whole.length() - 2) == '1';
      String suffix =
          switch (teen ? '0' : whole.charAt(whole.length() - 1)) {
            case '1' -> "st";
            case '2' -> "nd";
            case '3' -> "rd";
            default -> "th";
          };
      text.append(shape.equals("TH") ? suffix.toUpperCase(Locale.ROOT) : suffix);
    }
  }

  /// TO_NUMBER: the digits, point and sign of a text; all else is passed over.
  public static void parse(
      byte[] page,
      int offset,
      int length,
      byte[] format,
      int formatOffset,
      int formatLength,
      int scale,
      ValueOut out) {
    NumberPattern pattern = NumberPattern.of(format, formatOffset, formatLength);
    String text = Numbers.text(page, offset, length);
    StringBuilder digits = new StringBuilder();
    boolean negative = false;
    int afterPoint = 0;
    boolean isAfterPoint = false;
    for (int i = 0; i < text.length(); i++) {
      char letter = text.charAt(i);
      if (letter >= '0' && letter <= '9') {
        afterPoint += isAfterPoint ? 1 : 0;
        if (!isAfterPoint || afterPoint <= pattern.fractionDigits) {
          digits.append(letter);
        }
      } else if (letter == '.' && !isAfterPoint && pattern.hasPoint) {
        isAfterPoint = true;
        digits.append('.');
      } else if (letter == '-' || letter == '<') {
        negative = true;
      }
    }
    if (digits.isEmpty() || digits.toString().equals(".")) {
      throw SqlException.ofValue(
          SqlState.INVALID_TEXT_REPRESENTATION,
          "invalid input syntax for type numeric: \"" + text + "\"");
    }
    BigDecimal value = new BigDecimal(digits.toString()).movePointLeft(pattern.shift);
    Decimals.put(
        Decimals.fit(
            negative ? value.negate() : value,
            io.redward.foundation.types.SqlType.MAX_DECIMAL_PRECISION,
            scale),
        out);
  }
}

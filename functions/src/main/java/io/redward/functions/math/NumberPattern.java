package io.redward.functions.math;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.functions.text.Numbers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/// A numeric format such as `FM9,999.00`, cut into its items and what they say together.
final class NumberPattern {
  /// What an item stands for.
  enum Field {
    NINE,
    ZERO,
    POINT,
    GROUP,
    CURRENCY,
    SIGN,
    MINUS,
    PLUS,
    PLUS_MINUS,
    BRACKETS,
    ORDINAL,
    ROMAN,
    SHIFT,
    LITERAL
  }

  record Item(Field field, String text) {}

  private static volatile Latest latest = new Latest(new byte[0], new NumberPattern(""));

  private record Latest(byte[] text, NumberPattern pattern) {}

  final List<Item> items = new ArrayList<>();
  boolean fill = true;
  int wholeDigits;
  int fractionDigits;
  /// The digit place before the point from which zeros are shown, [#wholeDigits] if none.
  int firstZero = Integer.MAX_VALUE;
  boolean hasPoint;
  boolean hasSign;
  boolean signLeads;
  boolean hasBrackets;
  boolean hasPlus;
  boolean hasMinus;
  int shift;

  private NumberPattern(String pattern) {
    String upper = pattern.toUpperCase(Locale.ROOT);
    for (int at = 0; at < pattern.length(); ) {
      at += item(pattern, upper, at);
    }
    for (Item item : items) {
      count(item);
    }
  }

  private int item(String pattern, String upper, int at) {
    if (upper.startsWith("FM", at)) {
      fill = false;
      return 2;
    }
    if (upper.startsWith("EEEE", at)) {
      throw SqlException.ofValue(
          SqlState.FEATURE_NOT_SUPPORTED, "\"EEEE\" is not supported in a numeric format");
    }
    if (pattern.charAt(at) == '"') {
      int end = pattern.indexOf('"', at + 1);
      int stop = end < 0 ? pattern.length() : end;
      items.add(new Item(Field.LITERAL, pattern.substring(at + 1, stop)));
      return stop + 1 - at;
    }
    Field two =
        switch (upper.substring(at, Math.min(at + 2, upper.length()))) {
          case "PR" -> Field.BRACKETS;
          case "MI" -> Field.MINUS;
          case "PL" -> Field.PLUS;
          case "SG" -> Field.PLUS_MINUS;
          case "TH" -> Field.ORDINAL;
          case "RN" -> Field.ROMAN;
          default -> Field.LITERAL;
        };
    int width = two == Field.LITERAL ? 1 : 2;
    Field field = two == Field.LITERAL ? single(upper.charAt(at)) : two;
    items.add(new Item(field, pattern.substring(at, at + width)));
    return width;
  }

  private static Field single(char letter) {
    return switch (letter) {
      case '9' -> Field.NINE;
      case '0' -> Field.ZERO;
      case '.', 'D' -> Field.POINT;
      case ',', 'G' -> Field.GROUP;
      case 'L' -> Field.CURRENCY;
      case 'S' -> Field.SIGN;
      case 'V' -> Field.SHIFT;
      default -> Field.LITERAL;
    };
  }

  private void count(Item item) {
    boolean afterShift = shift > 0 || hasShift;
    switch (item.field()) {
      case NINE, ZERO -> {
        if (hasPoint) {
          fractionDigits++;
        } else {
          if (item.field() == Field.ZERO && firstZero == Integer.MAX_VALUE) {
            firstZero = wholeDigits;
          }
          wholeDigits++;
          shift += afterShift ? 1 : 0;
        }
      }
      case POINT -> hasPoint = true;
      case SHIFT -> hasShift = true;
      case SIGN -> {
        hasSign = true;
        signLeads = wholeDigits == 0;
      }
      case BRACKETS -> hasBrackets = true;
      case PLUS -> hasPlus = true;
      case MINUS, PLUS_MINUS -> hasMinus = true;
      default -> {}
    }
  }

  private boolean hasShift;

  static NumberPattern of(byte[] page, int offset, int length) {
    Latest seen = latest;
    if (Arrays.equals(seen.text, 0, seen.text.length, page, offset, offset + length)) {
      return seen.pattern;
    }
    NumberPattern pattern = new NumberPattern(Numbers.text(page, offset, length));
    latest = new Latest(Arrays.copyOfRange(page, offset, offset + length), pattern);
    return pattern;
  }
}

package io.redward.functions.sandbox;

import io.redward.functions.user.LimitError;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Library calls whose time or memory grows faster than their arguments: each looks first whether
/// it may. A call of `a.m(b)` becomes one of `m(a, b, code)` here.
public final class Guards {
  private static final long MAX_COMPARISONS = 1L << 26;
  private static final int MAX_DIGITS = 1_000;

  private Guards() {}

  // -- what has been made

  public static void made(String value, JavaCode code) {
    code.charge(value == null ? 0 : 40 + 2L * value.length());
  }

  public static void made(char[] value, JavaCode code) {
    code.charge(16 + 2L * value.length);
  }

  public static void made(byte[] value, JavaCode code) {
    code.charge(16 + (long) value.length);
  }

  public static void made(BigDecimal value, JavaCode code) {
    if (value != null && (value.precision() > MAX_DIGITS || Math.abs(value.scale()) > MAX_DIGITS)) {
      throw LimitError.of("a number of it has more than " + MAX_DIGITS + " digits");
    }
    code.charge(80);
  }

  public static void made(Object value, JavaCode code) {
    code.charge(value == null ? 0 : 64);
  }

  /// An array of so many elements is about to be made.
  public static void array(int count, int bytes, JavaCode code) {
    code.charge(16 + (long) Math.max(0, count) * bytes);
  }

  /// An array of arrays is about to be made.
  public static void grid(int rows, int columns, int bytes, JavaCode code) {
    long row = 16 + (long) Math.max(0, columns) * bytes;
    code.charge(16 + Math.max(0, rows) * (row + 8));
  }

  // -- strings

  public static String repeat(String text, int count, JavaCode code) {
    code.charge(2L * text.length() * Math.max(0, count));
    return text.repeat(count);
  }

  private static void search(int text, int pattern, JavaCode code) {
    if ((long) text * pattern > MAX_COMPARISONS) {
      throw LimitError.of("it searches a string too long in another");
    }
    code.spend(text >> 4);
    code.libraryCall();
  }

  public static int indexOf(String text, String pattern, JavaCode code) {
    search(text.length(), pattern.length(), code);
    return text.indexOf(pattern);
  }

  public static int indexOf(String text, String pattern, int from, JavaCode code) {
    search(text.length(), pattern.length(), code);
    return text.indexOf(pattern, from);
  }

  public static int lastIndexOf(String text, String pattern, JavaCode code) {
    search(text.length(), pattern.length(), code);
    return text.lastIndexOf(pattern);
  }

  public static boolean contains(String text, CharSequence pattern, JavaCode code) {
    search(text.length(), pattern.length(), code);
    return text.contains(pattern);
  }

  public static String replace(
      String text, CharSequence target, CharSequence replacement, JavaCode code) {
    search(text.length(), target.length(), code);
    long places = text.length() / Math.max(1, target.length()) + 1L;
    code.charge(2 * (text.length() + places * replacement.length()));
    return text.replace(target, replacement);
  }

  public static boolean matches(String text, String regex, JavaCode code) {
    return matcher(text, regex, code).matches();
  }

  public static String replaceFirst(String text, String regex, String replacement, JavaCode code) {
    return replaced(text, regex, replacement, 1, code);
  }

  public static String replaceAll(String text, String regex, String replacement, JavaCode code) {
    return replaced(text, regex, replacement, Integer.MAX_VALUE, code);
  }

  private static String replaced(
      String text, String regex, String replacement, int times, JavaCode code) {
    long most = replacement.length() * (text.length() + 1L);
    Matcher matcher = matcher(text, regex, code);
    StringBuilder result = new StringBuilder();
    for (int i = 0; i < times && matcher.find(); i++) {
      if (most > MAX_COMPARISONS) {
        throw LimitError.of("it replaces by a string too long");
      }
      int before = result.length();
      matcher.appendReplacement(result, replacement);
      code.charge(2L * (result.length() - before) + 8);
    }
    matcher.appendTail(result);
    code.charge(2L * text.length());
    return result.toString();
  }

  public static String[] split(String text, String regex, JavaCode code) {
    return split(text, regex, 0, code);
  }

  public static String[] split(String text, String regex, int limit, JavaCode code) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = matcher(text, regex, code);
    int start = 0;
    while ((limit <= 0 || parts.size() < limit - 1) && matcher.find()) {
      if (matcher.end() > 0) {
        add(parts, text.substring(start, matcher.start()), code);
        start = matcher.end();
      }
    }
    add(parts, text.substring(start), code);
    while (limit == 0 && parts.size() > 1 && parts.getLast().isEmpty()) {
      parts.removeLast();
    }
    return parts.toArray(String[]::new);
  }

  private static void add(List<String> parts, String part, JavaCode code) {
    code.charge(80 + 2L * part.length());
    parts.add(part);
  }

  private static Matcher matcher(String text, String regex, JavaCode code) {
    code.libraryCall();
    return Pattern.compile(regex).matcher(new CountedText(text, code));
  }

  public static String valueOf(@Nullable Object value, JavaCode code) {
    return CollectionGuards.text(value, code);
  }

  public static String join(CharSequence between, Iterable<?> texts, JavaCode code) {
    return CollectionGuards.join(between, texts, code);
  }

  public static boolean equals(@Nullable Object value, @Nullable Object other, JavaCode code) {
    return value == null ? other == null : CollectionGuards.equals(value, other, code);
  }

  // -- builders

  public static StringBuilder append(StringBuilder builder, String text, JavaCode code) {
    code.charge(text == null ? 8 : 2L * text.length());
    return builder.append(text);
  }

  public static StringBuilder append(StringBuilder builder, CharSequence text, JavaCode code) {
    return append(builder, String.valueOf(text), code);
  }

  public static StringBuilder append(StringBuilder builder, Object value, JavaCode code) {
    return append(builder, CollectionGuards.text(value, code), code);
  }

  public static StringBuilder append(StringBuilder builder, char[] text, JavaCode code) {
    code.charge(2L * text.length);
    return builder.append(text);
  }

  public static StringBuilder append(StringBuilder builder, char value, JavaCode code) {
    code.charge(2);
    return builder.append(value);
  }

  public static StringBuilder append(StringBuilder builder, boolean value, JavaCode code) {
    code.charge(10);
    return builder.append(value);
  }

  public static StringBuilder append(StringBuilder builder, int value, JavaCode code) {
    code.charge(22);
    return builder.append(value);
  }

  public static StringBuilder append(StringBuilder builder, long value, JavaCode code) {
    code.charge(40);
    return builder.append(value);
  }

  public static StringBuilder append(StringBuilder builder, float value, JavaCode code) {
    code.charge(50);
    return builder.append(value);
  }

  public static StringBuilder append(StringBuilder builder, double value, JavaCode code) {
    code.charge(50);
    return builder.append(value);
  }

  public static StringBuilder insert(StringBuilder builder, int at, String text, JavaCode code) {
    code.libraryCall();
    code.charge(2L * text.length());
    return builder.insert(at, text);
  }

  public static StringBuilder insert(StringBuilder builder, int at, char value, JavaCode code) {
    code.libraryCall();
    code.charge(2);
    return builder.insert(at, value);
  }

  public static void setLength(StringBuilder builder, int length, JavaCode code) {
    code.charge(2L * Math.max(0, length - builder.length()));
    builder.setLength(length);
  }

  // -- numbers

  /// A number is about to be read from a string.
  public static void number(String text, JavaCode code) {
    digits(text.length());
    code.libraryCall();
  }

  private static int digits(int count) {
    if (Math.abs((long) count) > MAX_DIGITS) {
      throw LimitError.of("a number of it has more than " + MAX_DIGITS + " digits");
    }
    return count;
  }

  public static BigDecimal pow(BigDecimal value, int exponent, JavaCode code) {
    digits((int) Math.min(Integer.MAX_VALUE, (long) value.precision() * Math.abs((long) exponent)));
    return value.pow(exponent);
  }

  public static BigDecimal pow(BigDecimal value, int exponent, MathContext how, JavaCode code) {
    code.libraryCall();
    return value.pow(digits(exponent), how);
  }

  public static BigDecimal setScale(BigDecimal value, int scale, JavaCode code) {
    return value.setScale(digits(scale));
  }

  public static BigDecimal setScale(BigDecimal value, int scale, RoundingMode how, JavaCode code) {
    return value.setScale(digits(scale), how);
  }

  public static BigDecimal divide(
      BigDecimal value, BigDecimal by, int scale, RoundingMode how, JavaCode code) {
    return value.divide(by, digits(scale), how);
  }
}

package io.redward.functions.json;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Numbers;
import java.nio.charset.StandardCharsets;

/// SUPER values: a JSON text without blanks between its parts. Functions that ask for a part of a
/// value of another kind answer NULL.
public final class SuperValue {
  private static final int LONGEST_NUMERAL = 60;
  private static final java.util.regex.Pattern NUMERAL =
      java.util.regex.Pattern.compile("[-+]?(\\d+\\.?\\d*|\\.\\d+)([eE][-+]?\\d+)?");

  private SuperValue() {}

  /// @throws SqlException if the text is no JSON
  public static void parse(byte[] page, int offset, int length, ValueOut out) {
    if (!new JsonScanner(page, offset, length).isValid(offset)) {
      throw SqlException.ofValue(SqlState.DATA_EXCEPTION, "JSON parsing error")
          .withDetail("invalid json object " + Numbers.text(page, offset, length));
    }
    byte[] buffer = out.scratch(length);
    int to = 0;
    boolean quoted = false;
    for (int i = offset; i < offset + length; i++) {
      byte letter = page[i];
      if (quoted && letter == '\\') {
        buffer[to++] = letter;
        letter = page[++i];
      } else if (letter == '"') {
        quoted = !quoted;
      } else if (!quoted && (letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r')) {
        continue;
      }
      buffer[to++] = letter;
    }
    out.bytes(buffer, 0, to);
  }

  /// The text of a value, which is its bytes.
  public static void same(byte[] page, int offset, int length, ValueOut out) {
    out.bytes(page, offset, length);
  }

  /// A string as a SUPER value.
  public static void quote(byte[] page, int offset, int length, ValueOut out) {
    byte[] buffer = out.scratch(length * 6 + 2);
    int to = 0;
    buffer[to++] = '"';
    for (int i = offset; i < offset + length; i++) {
      byte letter = page[i];
      if (letter == '"' || letter == '\\') {
        buffer[to++] = '\\';
        buffer[to++] = letter;
      } else if (letter >= 0 && letter < ' ') {
        for (byte each : escape(letter).getBytes(StandardCharsets.US_ASCII)) {
          buffer[to++] = each;
        }
      } else {
        buffer[to++] = letter;
      }
    }
    buffer[to++] = '"';
    out.bytes(buffer, 0, to);
  }

  private static String escape(byte letter) {
    return switch (letter) {
      case '\n' -> "\\n";
      case '\r' -> "\\r";
      case '\t' -> "\\t";
      case '\b' -> "\\b";
      case '\f' -> "\\f";
      default -> "\\u%04x".formatted((int) letter);
    };
  }

  public static void ofBoolean(int value, ValueOut out) {
    put(value != 0 ? "true" : "false", out);
  }

  private static void put(String text, ValueOut out) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    out.bytes(bytes, 0, bytes.length);
  }

  private static boolean isNumber(byte first) {
    return first == '-' || first >= '0' && first <= '9';
  }

  public static void typeOf(byte[] page, int offset, int length, ValueOut out) {
    put(
        switch (page[offset]) {
          case '{' -> "object";
          case '[' -> "array";
          case '"' -> "string";
          case 't', 'f' -> "boolean";
          case 'n' -> "null";
          default -> "number";
        },
        out);
  }

  public static int isArray(byte[] page, int offset, int length) {
    return page[offset] == '[' ? 1 : 0;
  }

  public static int isObject(byte[] page, int offset, int length) {
    return page[offset] == '{' ? 1 : 0;
  }

  public static int isScalar(byte[] page, int offset, int length) {
    return page[offset] != '{' && page[offset] != '[' ? 1 : 0;
  }

  public static int isString(byte[] page, int offset, int length) {
    return page[offset] == '"' ? 1 : 0;
  }

  public static int isBoolean(byte[] page, int offset, int length) {
    return page[offset] == 't' || page[offset] == 'f' ? 1 : 0;
  }

  /// @param bits of the widest integer that counts
  public static int isInteger(byte[] page, int offset, int length, int bits) {
    if (!isNumber(page[offset]) || length > Numbers.LONGEST) {
      return 0;
    }
    try {
      long value = Long.parseLong(Numbers.text(page, offset, length));
      return value >> bits - 1 == value >> 63 ? 1 : 0;
    } catch (NumberFormatException _) {
      return 0;
    }
  }

  private static boolean hasExponent(byte[] page, int offset, int length) {
    for (int i = offset; i < offset + length; i++) {
      if (page[i] == 'e' || page[i] == 'E') {
        return true;
      }
    }
    return false;
  }

  public static int isDecimal(byte[] page, int offset, int length) {
    return isNumber(page[offset]) && !hasExponent(page, offset, length) ? 1 : 0;
  }

  public static int isFloat(byte[] page, int offset, int length) {
    return isNumber(page[offset]) && hasExponent(page, offset, length) ? 1 : 0;
  }

  /// The digits of a number.
  public static int precision(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = isDecimal(page, offset, length) == 0;
    int digits = 0;
    boolean leading = true;
    for (int i = offset; !out.isNull && i < offset + length; i++) {
      leading &= page[i] == '0' || page[i] == '-' || page[i] == '.';
      digits += page[i] >= '0' && page[i] <= '9' && !leading ? 1 : 0;
    }
    return out.isNull ? 0 : Math.max(1, digits);
  }

  /// The digits of a number after the point.
  public static int scale(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = isDecimal(page, offset, length) == 0;
    for (int i = offset; !out.isNull && i < offset + length; i++) {
      if (page[i] == '.') {
        return offset + length - i - 1;
      }
    }
    return 0;
  }

  /// For strict mode: an error, as a step into this value has led nowhere.
  public static void refuseNavigation(byte[] page, int offset, int length, ValueOut out) {
    throw SqlException.ofValue(
            SqlState.DATA_EXCEPTION,
            "Invalid navigation into a SUPER value: no such member or element")
        .withDetail("The value is " + shortened(page, offset, length) + ".");
  }

  /// For strict mode: an error, as this value has not become the type; a JSON null becomes NULL.
  public static void refuseCast(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = page[offset] == 'n';
    if (out.isNull) {
      return;
    }
    throw SqlException.ofValue(SqlState.DATA_EXCEPTION, "Invalid cast of a SUPER value")
        .withDetail("The value is " + shortened(page, offset, length) + ".");
  }

  private static String shortened(byte[] page, int offset, int length) {
    return Numbers.text(page, offset, Math.min(length, 200));
  }

  public static int size(byte[] page, int offset, int length) {
    return length;
  }

  /// A string without quotes, other values as they stand; a JSON null is NULL.
  public static void toText(byte[] page, int offset, int length, ValueOut out) {
    Json.answer(page, offset, offset + length, out);
  }

  /// NULL for what is no number: casts of SUPER are lax.
  public static double toDouble(byte[] page, int offset, int length, ValueOut out) {
    String text = numeral(page, offset, length);
    out.isNull = text.isEmpty();
    return out.isNull ? 0 : Double.parseDouble(text);
  }

  /// The text of a number, or of a string that holds one; else empty.
  private static String numeral(byte[] page, int offset, int length) {
    if (isNumber(page[offset])) {
      return Numbers.text(page, offset, length);
    }
    String text =
        page[offset] == '"' && length <= 2 + LONGEST_NUMERAL
            ? Numbers.text(page, offset + 1, length - 2).strip()
            : "";
    return NUMERAL.matcher(text).matches() ? text : "";
  }

  /// The text of a number, for the cast to a decimal.
  public static void toNumberText(byte[] page, int offset, int length, ValueOut out) {
    byte[] text = numeral(page, offset, length).getBytes(StandardCharsets.US_ASCII);
    out.isNull = text.length == 0;
    out.bytes(text, 0, text.length);
  }

  public static long toLong(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = isInteger(page, offset, length, Long.SIZE) == 0;
    if (!out.isNull) {
      return Long.parseLong(Numbers.text(page, offset, length));
    }
    double value = toDouble(page, offset, length, out);
    out.isNull |= Math.abs(value) >= 0x1p63;
    return out.isNull ? 0 : Math.round(value);
  }

  public static int toInt(byte[] page, int offset, int length, ValueOut out) {
    return toInt(page, offset, length, Integer.SIZE, out);
  }

  /// @param bits of the type; a number that it does not hold is NULL
  public static int toInt(byte[] page, int offset, int length, int bits, ValueOut out) {
    long value = toLong(page, offset, length, out);
    out.isNull |= value >> bits - 1 != value >> 63;
    return out.isNull ? 0 : (int) value;
  }

  /// Whole numbers but 0 are true; strings and numbers with fractions are neither.
  public static int toBoolean(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = false;
    if (isBoolean(page, offset, length) == 1) {
      return page[offset] == 't' ? 1 : 0;
    }
    out.isNull = isInteger(page, offset, length, Long.SIZE) == 0;
    return !out.isNull && toLong(page, offset, length, out) != 0 ? 1 : 0;
  }
}

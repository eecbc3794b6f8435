package io.redward.functions.cast;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Decimals;
import io.redward.functions.text.Doubles;
import io.redward.functions.text.Numbers;
import io.redward.functions.text.Utf8;

/// Strings from numbers and booleans, and strings of a length. Methods that make strings end in
/// `(int length, int strict)`: the length of the target in bytes, 0 for none, and 1 if a longer
/// value is an error, 0 if it is cut at a character's boundary.
public final class TextCasts {
  private TextCasts() {}

  /// To VARCHAR. What is cut off in a strict cast must be blanks.
  public static void varchar(
      byte[] page, int offset, int length, int limit, int strict, ValueOut out) {
    out.bytes(page, offset, cut(page, offset, length, limit, strict));
  }

  /// To CHAR, whose values are kept without blanks at the end.
  public static void character(
      byte[] page, int offset, int length, int limit, int strict, ValueOut out) {
    int kept = cut(page, offset, length, limit, strict);
    out.bytes(page, offset, Utf8.withoutTrailingBlanks(page, offset, kept));
  }

  private static int cut(byte[] page, int offset, int length, int limit, int strict) {
    if (limit == 0 || length <= limit) {
      return length;
    }
    if (strict != 0 && Utf8.withoutTrailingBlanks(page, offset, length) > limit) {
      throw SqlException.ofValue(
          SqlState.STRING_DATA_RIGHT_TRUNCATION, "Value too long for character type");
    }
    return Utf8.prefix(page, offset, length, limit);
  }

  public static void fromBoolean(int value, int limit, int strict, ValueOut out) {
    byte[] text = value != 0 ? TRUE : FALSE;
    varchar(text, 0, text.length, limit, strict, out);
  }

  private static final byte[] TRUE = {'t', 'r', 'u', 'e'};
  private static final byte[] FALSE = {'f', 'a', 'l', 's', 'e'};

  public static void fromInt(int value, int limit, int strict, ValueOut out) {
    fromLong(value, limit, strict, out);
  }

  public static void fromLong(long value, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Numbers.LONGEST);
    varchar(buffer, 0, Numbers.put(buffer, 0, value), limit, strict, out);
  }

  /// OIDs are unsigned.
  public static void fromOid(int value, int limit, int strict, ValueOut out) {
    fromLong(Integer.toUnsignedLong(value), limit, strict, out);
  }

  public static void fromDecimal(long value, int scale, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Decimals.LONGEST);
    varchar(buffer, 0, Decimals.put(buffer, 0, value, scale), limit, strict, out);
  }

  public static void fromWideDecimal(
      long high, long low, int scale, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Decimals.LONGEST);
    varchar(buffer, 0, Decimals.put(buffer, 0, high, low, scale), limit, strict, out);
  }

  public static void fromDouble(double value, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Doubles.LONGEST);
    varchar(buffer, 0, Doubles.putDouble(buffer, 0, value), limit, strict, out);
  }

  public static void fromReal(double value, int limit, int strict, ValueOut out) {
    byte[] buffer = out.scratch(Doubles.LONGEST);
    varchar(buffer, 0, Doubles.putReal(buffer, 0, value), limit, strict, out);
  }

  /// A VARBYTE is the bytes of the string; a longer one is an error or cut anywhere.
  public static void varbyte(
      byte[] page, int offset, int length, int limit, int strict, ValueOut out) {
    if (limit > 0 && length > limit && strict != 0) {
      throw SqlException.ofValue(
          SqlState.STRING_DATA_RIGHT_TRUNCATION, "Value too long for type binary varying");
    }
    out.bytes(page, offset, limit > 0 ? Math.min(length, limit) : length);
  }

  /// The eight bytes of a number, the most significant first.
  public static void varbyteFromLong(long value, ValueOut out) {
    byte[] buffer = out.scratch(Long.BYTES);
    for (int i = 0; i < Long.BYTES; i++) {
      buffer[i] = (byte) (value >> (56 - 8 * i));
    }
    out.bytes(buffer, 0, Long.BYTES);
  }

  /// The four bytes of an INTEGER, or the last `width` of them.
  public static void varbyteFromInt(int value, int width, ValueOut out) {
    byte[] buffer = out.scratch(Integer.BYTES);
    for (int i = 0; i < width; i++) {
      buffer[i] = (byte) (value >> (8 * (width - 1 - i)));
    }
    out.bytes(buffer, 0, width);
  }
}

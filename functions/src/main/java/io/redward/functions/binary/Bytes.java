package io.redward.functions.binary;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.hash.Digests;
import io.redward.functions.text.Numbers;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Locale;

/// Bytes and their texts.
public final class Bytes {
  private Bytes() {}

  public static void fromHex(byte[] page, int offset, int length, ValueOut out) {
    if ((length & 1) != 0) {
      throw invalid("hexadecimal", page, offset, length);
    }
    byte[] buffer = out.scratch(length / 2);
    for (int i = 0; i < length / 2; i++) {
      int high = Character.digit(page[offset + 2 * i], 16);
      int low = Character.digit(page[offset + 2 * i + 1], 16);
      if (high < 0 || low < 0) {
        throw invalid("hexadecimal", page, offset, length);
      }
      buffer[i] = (byte) (high << 4 | low);
    }
    out.bytes(buffer, 0, length / 2);
  }

  private static SqlException invalid(String kind, byte[] page, int offset, int length) {
    return SqlException.ofValue(
        SqlState.INVALID_TEXT_REPRESENTATION,
        "invalid " + kind + " string: \"" + Numbers.text(page, offset, length) + "\"");
  }

  public static void toHex(byte[] page, int offset, int length, ValueOut out) {
    byte[] buffer = out.scratch(length * 2);
    out.bytes(buffer, 0, Digests.putHex(page, offset, length, buffer, 0));
  }

  public static void toHex(long value, ValueOut out) {
    Bytes.ascii(Long.toHexString(value), out);
  }

  public static void toHex(int value, ValueOut out) {
    Bytes.ascii(Integer.toHexString(value), out);
  }

  private static void ascii(String text, ValueOut out) {
    byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
    out.bytes(bytes, 0, bytes.length);
  }

  private static String format(byte[] page, int offset, int length) {
    return Numbers.text(page, offset, length).toLowerCase(Locale.ROOT);
  }

  /// @param format `hex`, `binary`, `base64` or `utf8`
  public static void toVarbyte(
      byte[] page, int offset, int length, byte[] format, int fo, int fl, ValueOut out) {
    switch (format(format, fo, fl)) {
      case "hex" -> {
        if ((length & 1) == 0) {
          fromHex(page, offset, length, out);
        } else {
          byte[] even = new byte[length + 1];
          even[0] = '0';
          System.arraycopy(page, offset, even, 1, length);
          fromHex(even, 0, length + 1, out);
        }
      }
      case "binary" -> fromBinary(page, offset, length, out);
      case "base64" -> {
        try {
          byte[] bytes =
              Base64.getDecoder()
                  .decode(Numbers.text(page, offset, length).getBytes(StandardCharsets.US_ASCII));
          out.bytes(bytes, 0, bytes.length);
        } catch (IllegalArgumentException _) {
          throw invalid("base64", page, offset, length);
        }
      }
      case "utf8", "utf-8" -> out.bytes(page, offset, length);
      default -> throw invalid("format", format, fo, fl);
    }
  }

  private static void fromBinary(byte[] page, int offset, int length, ValueOut out) {
    if (length % 8 != 0) {
      throw invalid("binary", page, offset, length);
    }
    byte[] buffer = out.scratch(length / 8);
    for (int i = 0; i < length; i++) {
      int bit = page[offset + i] - '0';
      if (bit != 0 && bit != 1) {
        throw invalid("binary", page, offset, length);
      }
      buffer[i / 8] = (byte) (buffer[i / 8] << 1 | bit);
    }
    out.bytes(buffer, 0, length / 8);
  }

  public static void fromVarbyte(
      byte[] page, int offset, int length, byte[] format, int fo, int fl, ValueOut out) {
    switch (format(format, fo, fl)) {
      case "hex" -> toHex(page, offset, length, out);
      case "binary" -> {
        byte[] buffer = out.scratch(length * 8);
        for (int i = 0; i < length * 8; i++) {
          buffer[i] = (byte) ('0' + (page[offset + i / 8] >> (7 - i % 8) & 1));
        }
        out.bytes(buffer, 0, length * 8);
      }
      case "base64" -> {
        byte[] copy = java.util.Arrays.copyOfRange(page, offset, offset + length);
        ascii(Base64.getEncoder().encodeToString(copy), out);
      }
      case "utf8", "utf-8" -> {
        try {
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(java.nio.ByteBuffer.wrap(page, offset, length));
        } catch (CharacterCodingException e) {
          throw new SqlException(
              SqlState.CHARACTER_NOT_IN_REPERTOIRE, "invalid UTF-8 in a binary value", e);
        }
        out.bytes(page, offset, length);
      }
      default -> throw invalid("format", format, fo, fl);
    }
  }

  private static void requireIndex(int index, long count) {
    if (index < 0 || index >= count) {
      throw SqlException.ofValue(
          SqlState.INVALID_PARAMETER_VALUE,
          "index " + index + " out of valid range, 0.." + (count - 1));
    }
  }

  public static int getByte(byte[] page, int offset, int length, int index) {
    requireIndex(index, length);
    return Byte.toUnsignedInt(page[offset + index]);
  }

  public static void setByte(
      byte[] page, int offset, int length, int index, int value, ValueOut out) {
    requireIndex(index, length);
    byte[] buffer = copy(page, offset, length, out);
    buffer[index] = (byte) value;
  }

  public static void setBit(byte[] page, int offset, int length, int bit, int value, ValueOut out) {
    requireIndex(bit, length * 8L);
    if (value != 0 && value != 1) {
      throw SqlException.ofValue(SqlState.INVALID_PARAMETER_VALUE, "new bit must be 0 or 1");
    }
    byte[] buffer = copy(page, offset, length, out);
    int at = length - 1 - bit / 8;
    buffer[at] = (byte) (buffer[at] & ~(1 << bit % 8) | value << bit % 8);
  }

  private static byte[] copy(byte[] page, int offset, int length, ValueOut out) {
    byte[] buffer = out.scratch(length);
    System.arraycopy(page, offset, buffer, 0, length);
    out.bytes(buffer, 0, length);
    return buffer;
  }

  /// The bit of this number; bit 0 is the last one.
  public static int getBit(byte[] page, int offset, int length, int bit) {
    requireIndex(bit, length * 8L);
    return page[offset + length - 1 - bit / 8] >> bit % 8 & 1;
  }

  public static void substring(byte[] page, int offset, int length, int start, ValueOut out) {
    substring(page, offset, length, start, Integer.MAX_VALUE, out);
  }

  public static void substring(
      byte[] page, int offset, int length, int start, int count, ValueOut out) {
    if (count < 0) {
      throw SqlException.ofValue(SqlState.SUBSTRING_ERROR, "negative substring length not allowed");
    }
    long first = Math.clamp((long) start, 1, length + 1L);
    long end = Math.clamp((long) start + count, first, length + 1L);
    out.bytes(page, (int) (offset + first - 1), (int) (end - first));
  }

  public static void not(byte[] page, int offset, int length, ValueOut out) {
    byte[] buffer = out.scratch(length);
    for (int i = 0; i < length; i++) {
      buffer[i] = (byte) ~page[offset + i];
    }
    out.bytes(buffer, 0, length);
  }

  public static void and(
      byte[] page, int offset, int length, byte[] other, int oo, int ol, ValueOut out) {
    byte[] buffer = out.scratch(sameLength(length, ol));
    for (int i = 0; i < length; i++) {
      buffer[i] = (byte) (page[offset + i] & other[oo + i]);
    }
    out.bytes(buffer, 0, length);
  }

  public static void or(
      byte[] page, int offset, int length, byte[] other, int oo, int ol, ValueOut out) {
    byte[] buffer = out.scratch(sameLength(length, ol));
    for (int i = 0; i < length; i++) {
      buffer[i] = (byte) (page[offset + i] | other[oo + i]);
    }
    out.bytes(buffer, 0, length);
  }

  public static void xor(
      byte[] page, int offset, int length, byte[] other, int oo, int ol, ValueOut out) {
    byte[] buffer = out.scratch(sameLength(length, ol));
    for (int i = 0; i < length; i++) {
      buffer[i] = (byte) (page[offset + i] ^ other[oo + i]);
    }
    out.bytes(buffer, 0, length);
  }

  private static int sameLength(int a, int b) {
    if (a != b) {
      throw SqlException.ofValue(
          SqlState.INVALID_PARAMETER_VALUE,
          "binary values of different lengths: " + a + " and " + b + " bytes");
    }
    return a;
  }

  /// A whole number in digits of a base from 2 to 36.
  public static long strtol(byte[] page, int offset, int length, int base) {
    String text = Numbers.text(page, offset, length).strip();
    String digits =
        base == 16 && text.regionMatches(true, 0, "0x", 0, 2) ? text.substring(2) : text;
    if (base < 2 || base > 36) {
      throw SqlException.ofValue(
          SqlState.INVALID_PARAMETER_VALUE, "base " + base + " is not between 2 and 36");
    }
    try {
      return Long.parseLong(digits, base);
    } catch (NumberFormatException _) {
      throw SqlException.ofValue(
          SqlState.INVALID_TEXT_REPRESENTATION,
          "The input " + text + " is not valid to be converted to base " + base);
    }
  }
}

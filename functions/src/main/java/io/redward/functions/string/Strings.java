package io.redward.functions.string;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.foundation.types.SqlType;
import io.redward.functions.text.Utf8;

/// Lengths, parts and paddings of strings.
public final class Strings {
  private static final byte[] BLANK = {' '};
  private static final int MAX_BYTES = SqlType.MAX_VARCHAR_BYTES;

  private Strings() {}

  public static int length(byte[] page, int offset, int length) {
    return Utf8.count(page, offset, length);
  }

  public static int octetLength(byte[] page, int offset, int length) {
    return length;
  }

  public static int ascii(byte[] page, int offset, int length) {
    return length == 0 ? 0 : Utf8.codePoint(page, offset);
  }

  /// The character with this code point; the empty string for 0, NULL if there is none.
  public static void chr(int codePoint, ValueOut out) {
    out.isNull = codePoint < 0 || codePoint > Character.MAX_CODE_POINT;
    if (out.isNull) {
      return;
    }
    byte[] buffer = out.scratch(4);
    out.bytes(buffer, 0, codePoint == 0 ? 0 : Utf8.put(buffer, 0, codePoint));
  }

  public static void left(byte[] page, int offset, int length, int count, ValueOut out) {
    int characters = count >= 0 ? count : Math.max(0, Utf8.count(page, offset, length) + count);
    out.bytes(page, offset, Utf8.skip(page, offset, length, characters) - offset);
  }

  public static void right(byte[] page, int offset, int length, int count, ValueOut out) {
    long total = Utf8.count(page, offset, length);
    long skipped = count >= 0 ? Math.max(0, total - count) : Math.min(total, -(long) count);
    int start = Utf8.skip(page, offset, length, skipped);
    out.bytes(page, start, offset + length - start);
  }

  /// From character `start`, counted from 1, to the end.
  public static void substring(byte[] page, int offset, int length, int start, ValueOut out) {
    int begin = Utf8.skip(page, offset, length, (long) start - 1);
    out.bytes(page, begin, offset + length - begin);
  }

  /// `count` characters from character `start`, counted from 1; places before the string count.
  public static void substring(
      byte[] page, int offset, int length, int start, int count, ValueOut out) {
    if (count < 0) {
      throw SqlException.ofValue(SqlState.SUBSTRING_ERROR, "negative substring length not allowed");
    }
    long first = Math.max(1, start);
    long end = Math.max(first, (long) start + count);
    int begin = Utf8.skip(page, offset, length, first - 1);
    int stop = Utf8.skip(page, begin, offset + length - begin, end - first);
    out.bytes(page, begin, stop - begin);
  }

  public static void trim(byte[] page, int offset, int length, ValueOut out) {
    trim(page, offset, length, BLANK, 0, 1, true, true, out);
  }

  public static void trimLeft(byte[] page, int offset, int length, ValueOut out) {
    trim(page, offset, length, BLANK, 0, 1, true, false, out);
  }

  public static void trimRight(byte[] page, int offset, int length, ValueOut out) {
    trim(page, offset, length, BLANK, 0, 1, false, true, out);
  }

  /// Without characters of `set` at both ends.
  public static void trim(
      byte[] page, int offset, int length, byte[] set, int setOffset, int setLength, ValueOut out) {
    trim(page, offset, length, set, setOffset, setLength, true, true, out);
  }

  public static void trimLeft(
      byte[] page, int offset, int length, byte[] set, int setOffset, int setLength, ValueOut out) {
    trim(page, offset, length, set, setOffset, setLength, true, false, out);
  }

  public static void trimRight(
      byte[] page, int offset, int length, byte[] set, int setOffset, int setLength, ValueOut out) {
    trim(page, offset, length, set, setOffset, setLength, false, true, out);
  }

  private static void trim(
      byte[] page,
      int offset,
      int length,
      byte[] set,
      int setOffset,
      int setLength,
      boolean left,
      boolean right,
      ValueOut out) {
    int begin = offset;
    int end = offset + length;
    while (left && begin < end) {
      int width = Utf8.width(page[begin]);
      if (!contains(set, setOffset, setLength, page, begin, width)) {
        break;
      }
      begin += width;
    }
    while (right && begin < end) {
      int last = end - 1;
      while (last > begin && Utf8.isContinuation(page[last])) {
        last--;
      }
      if (!contains(set, setOffset, setLength, page, last, end - last)) {
        break;
      }
      end = last;
    }
    out.bytes(page, begin, end - begin);
  }

  /// True if the character at `at` is one of the set's.
  private static boolean contains(
      byte[] set, int setOffset, int setLength, byte[] page, int at, int width) {
    return width <= setLength
        && Utf8.indexOf(set, setOffset, setOffset + setLength, page, at, width) >= 0;
  }

  public static void padLeft(byte[] page, int offset, int length, int width, ValueOut out) {
    padLeft(page, offset, length, width, BLANK, 0, 1, out);
  }

  public static void padRight(byte[] page, int offset, int length, int width, ValueOut out) {
    padRight(page, offset, length, width, BLANK, 0, 1, out);
  }

  /// To `width` characters: cut at the right, or filled at the left with repetitions of `fill`.
  public static void padLeft(
      byte[] page,
      int offset,
      int length,
      int width,
      byte[] fill,
      int fillOffset,
      int fillLength,
      ValueOut out) {
    int missing = missing(page, offset, length, width, fillLength);
    if (missing <= 0) {
      out.bytes(page, offset, Utf8.skip(page, offset, length, Math.max(0, width)) - offset);
      return;
    }
    byte[] buffer = out.scratch(paddedBytes(length, missing, fill, fillOffset, fillLength));
    int at = putFill(buffer, 0, missing, fill, fillOffset, fillLength);
    System.arraycopy(page, offset, buffer, at, length);
    out.bytes(buffer, 0, at + length);
  }

  /// To `width` characters: cut, or filled at the right with repetitions of `fill`.
  public static void padRight(
      byte[] page,
      int offset,
      int length,
      int width,
      byte[] fill,
      int fillOffset,
      int fillLength,
      ValueOut out) {
    int missing = missing(page, offset, length, width, fillLength);
    if (missing <= 0) {
      out.bytes(page, offset, Utf8.skip(page, offset, length, Math.max(0, width)) - offset);
      return;
    }
    byte[] buffer = out.scratch(paddedBytes(length, missing, fill, fillOffset, fillLength));
    System.arraycopy(page, offset, buffer, 0, length);
    out.bytes(buffer, 0, putFill(buffer, length, missing, fill, fillOffset, fillLength));
  }

  private static int missing(byte[] page, int offset, int length, int width, int fillLength) {
    return fillLength == 0 ? 0 : width - Utf8.count(page, offset, length);
  }

  private static int paddedBytes(
      int length, int missing, byte[] fill, int fillOffset, int fillLength) {
    long whole = missing / Utf8.count(fill, fillOffset, fillLength) + 1L;
    long bytes = length + whole * fillLength;
    if (length + (long) missing > MAX_BYTES) {
      throw tooLong();
    }
    return Math.toIntExact(bytes);
  }

  private static int putFill(
      byte[] buffer, int at, int missing, byte[] fill, int fillOffset, int fillLength) {
    int left = missing;
    while (left > 0) {
      for (int i = fillOffset; i < fillOffset + fillLength && left > 0; ) {
        int width = Utf8.width(fill[i]);
        System.arraycopy(fill, i, buffer, at, width);
        at += width;
        i += width;
        left--;
      }
    }
    return at;
  }

  public static void repeat(byte[] page, int offset, int length, int times, ValueOut out) {
    int count = Math.max(0, times);
    if ((long) length * count > MAX_BYTES) {
      throw tooLong();
    }
    byte[] buffer = out.scratch(length * count);
    for (int i = 0; i < count; i++) {
      System.arraycopy(page, offset, buffer, i * length, length);
    }
    out.bytes(buffer, 0, length * count);
  }

  public static void concat(
      byte[] page, int offset, int length, byte[] page2, int offset2, int length2, ValueOut out) {
    byte[] buffer = out.scratch(length + length2);
    System.arraycopy(page, offset, buffer, 0, length);
    System.arraycopy(page2, offset2, buffer, length, length2);
    out.bytes(buffer, 0, length + length2);
  }

  public static void reverse(byte[] page, int offset, int length, ValueOut out) {
    byte[] buffer = out.scratch(length);
    int at = length;
    for (int i = offset; i < offset + length; ) {
      int width = Utf8.width(page[i]);
      at -= width;
      System.arraycopy(page, i, buffer, at, width);
      i += width;
    }
    out.bytes(buffer, 0, length);
  }

  static SqlException tooLong() {
    return SqlException.ofValue(
        SqlState.PROGRAM_LIMIT_EXCEEDED,
        "The result is longer than a character string can be: " + MAX_BYTES + " bytes");
  }
}

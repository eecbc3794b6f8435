package io.redward.functions.string;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Utf8;

/// Strings within strings: where they are, replacing them, splitting at them.
public final class Search {
  private Search() {}

  /// The character position of `part`, from 1; 0 if it does not occur.
  public static int position(
      byte[] page, int offset, int length, byte[] part, int partOffset, int partLength) {
    int at = Utf8.indexOf(page, offset, offset + length, part, partOffset, partLength);
    return at < 0 ? 0 : Utf8.count(page, offset, at - offset) + 1;
  }

  /// The same with the part first.
  public static int positionOf(
      byte[] part, int partOffset, int partLength, byte[] page, int offset, int length) {
    return position(page, offset, length, part, partOffset, partLength);
  }

  /// The byte position of `part`, from 1; 0 if it does not occur.
  public static int octetPositionOf(
      byte[] part, int partOffset, int partLength, byte[] page, int offset, int length) {
    int at = Utf8.indexOf(page, offset, offset + length, part, partOffset, partLength);
    return at < 0 ? 0 : at - offset + 1;
  }

  /// Field number `field`, from 1, of a string cut at each `delimiter`; empty beyond the last.
  public static void splitPart(
      byte[] page,
      int offset,
      int length,
      byte[] delimiter,
      int delimiterOffset,
      int delimiterLength,
      int field,
      ValueOut out) {
    if (field <= 0) {
      throw SqlException.ofValue(
          SqlState.INVALID_PARAMETER_VALUE, "field position must be greater than zero");
    }
    int end = offset + length;
    if (delimiterLength == 0) {
      out.bytes(page, offset, field == 1 ? length : 0);
      return;
    }
    int begin = offset;
    for (int i = 1; ; i++) {
      int next = Utf8.indexOf(page, begin, end, delimiter, delimiterOffset, delimiterLength);
      if (i == field) {
        out.bytes(page, begin, (next < 0 ? end : next) - begin);
        return;
      }
      if (next < 0) {
        out.bytes(page, end, 0);
        return;
      }
      begin = next + delimiterLength;
    }
  }

  /// Each occurrence of `part` replaced by `other`.
  public static void replace(
      byte[] page,
      int offset,
      int length,
      byte[] part,
      int partOffset,
      int partLength,
      byte[] other,
      int otherOffset,
      int otherLength,
      ValueOut out) {
    int end = offset + length;
    int next = partLength == 0 ? -1 : Utf8.indexOf(page, offset, end, part, partOffset, partLength);
    if (next < 0) {
      out.bytes(page, offset, length);
      return;
    }
    int occurrences = 0;
    for (int i = next;
        i >= 0;
        i = Utf8.indexOf(page, i + partLength, end, part, partOffset, partLength)) {
      occurrences++;
    }
    long bytes = length + (long) occurrences * (otherLength - partLength);
    if (bytes > io.redward.foundation.types.SqlType.MAX_VARCHAR_BYTES && bytes > length) {
      throw Strings.tooLong();
    }
    byte[] buffer = out.scratch((int) bytes);
    int at = 0;
    int begin = offset;
    while (next >= 0) {
      System.arraycopy(page, begin, buffer, at, next - begin);
      at += next - begin;
      System.arraycopy(other, otherOffset, buffer, at, otherLength);
      at += otherLength;
      begin = next + partLength;
      next = Utf8.indexOf(page, begin, end, part, partOffset, partLength);
    }
    System.arraycopy(page, begin, buffer, at, end - begin);
    out.bytes(buffer, 0, at + end - begin);
  }

  /// Each character of `from` replaced by the one at the same place of `to`, or dropped.
  public static void translate(
      byte[] page,
      int offset,
      int length,
      byte[] from,
      int fromOffset,
      int fromLength,
      byte[] to,
      int toOffset,
      int toLength,
      ValueOut out) {
    // A character of one byte may become one of four.
    byte[] buffer = out.scratch(length * 4);
    int at = 0;
    for (int i = offset; i < offset + length; ) {
      int width = Utf8.width(page[i]);
      int found = Utf8.indexOf(from, fromOffset, fromOffset + fromLength, page, i, width);
      if (found < 0) {
        System.arraycopy(page, i, buffer, at, width);
        at += width;
      } else {
        int place = Utf8.count(from, fromOffset, found - fromOffset);
        int begin = Utf8.skip(to, toOffset, toLength, place);
        if (begin < toOffset + toLength) {
          int newWidth = Utf8.width(to[begin]);
          System.arraycopy(to, begin, buffer, at, newWidth);
          at += newWidth;
        }
      }
      i += width;
    }
    out.bytes(buffer, 0, at);
  }
}

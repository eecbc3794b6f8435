package io.redward.functions.json;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;

/// Arrays and objects of SUPER values, made and taken apart.
public final class SuperArrays {
  private SuperArrays() {}

  /// The member of this name.
  public static void member(
      byte[] page, int offset, int length, byte[] name, int no, int nl, ValueOut out) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    answer(scanner, page, Json.member(scanner, page, offset, name, no, nl), out);
  }

  /// The element at an index, from 0 on.
  public static void element(byte[] page, int offset, int length, int index, ValueOut out) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int at = page[offset] == '[' && index >= 0 ? offset + 1 : JsonScanner.INVALID;
    for (int i = 0; i < index && at != JsonScanner.INVALID; i++) {
      at = next(scanner, at);
    }
    boolean found = at != JsonScanner.INVALID && scanner.peek(at) != ']';
    answer(scanner, page, found ? at : JsonScanner.INVALID, out);
  }

  /// The place of the element after the one at `at`.
  private static int next(JsonScanner scanner, int at) {
    if (scanner.peek(at) == ']') {
      return JsonScanner.INVALID;
    }
    int after = scanner.skipValue(at, 0);
    return scanner.peek(after) == ',' ? after + 1 : JsonScanner.INVALID;
  }

  private static void answer(JsonScanner scanner, byte[] page, int at, ValueOut out) {
    out.isNull = at == JsonScanner.INVALID;
    if (!out.isNull) {
      out.bytes(page, at, scanner.skipValue(at, 0) - at);
    }
  }

  public static int length(byte[] page, int offset, int length, ValueOut out) {
    out.isNull = page[offset] != '[';
    return out.isNull ? 0 : count(page, offset, length);
  }

  private static int count(byte[] page, int offset, int length) {
    if (length == 2) {
      return 0;
    }
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int count = 0;
    for (int at = offset + 1; at != JsonScanner.INVALID; at = next(scanner, at)) {
      count++;
    }
    return count;
  }

  /// An array with one more element.
  public static void append(
      byte[] page, int offset, int length, byte[] value, int vo, int vl, ValueOut out) {
    byte[] buffer = out.scratch(length + vl + 1);
    System.arraycopy(page, offset, buffer, 0, length - 1);
    int to = length - 1;
    if (length > 2) {
      buffer[to++] = ',';
    }
    System.arraycopy(value, vo, buffer, to, vl);
    to += vl;
    buffer[to++] = (byte) (page[offset] == '{' ? '}' : ']');
    out.bytes(buffer, 0, to);
  }

  /// An object with one more member.
  public static void put(
      byte[] page,
      int offset,
      int length,
      byte[] name,
      int no,
      int nl,
      byte[] value,
      int vo,
      int vl,
      ValueOut out) {
    ValueOut quoted = new ValueOut();
    SuperValue.quote(name, no, nl, quoted);
    byte[] member = new byte[quoted.length + 1 + vl];
    System.arraycopy(quoted.page, quoted.offset, member, 0, quoted.length);
    member[quoted.length] = ':';
    System.arraycopy(value, vo, member, quoted.length + 1, vl);
    append(page, offset, length, member, 0, member.length, out);
  }

  /// The object with another value for a member; anything else, and an object without this member,
  /// stays what it is.
  public static void replace(
      byte[] page,
      int offset,
      int length,
      byte[] name,
      int no,
      int nl,
      byte[] value,
      int vo,
      int vl,
      ValueOut out) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int at =
        page[offset] == '{'
            ? Json.member(scanner, page, offset, name, no, nl)
            : JsonScanner.INVALID;
    if (at == JsonScanner.INVALID) {
      out.bytes(page, offset, length);
      return;
    }
    int after = scanner.skipValue(at, 0);
    byte[] buffer = out.scratch(length - (after - at) + vl);
    System.arraycopy(page, offset, buffer, 0, at - offset);
    System.arraycopy(value, vo, buffer, at - offset, vl);
    System.arraycopy(page, after, buffer, at - offset + vl, offset + length - after);
    out.bytes(buffer, 0, length - (after - at) + vl);
  }

  public static void concat(byte[] a, int ao, int al, byte[] b, int bo, int bl, ValueOut out) {
    requireArray(a, ao);
    requireArray(b, bo);
    if (bl == 2) {
      out.bytes(a, ao, al);
    } else if (al == 2) {
      out.bytes(b, bo, bl);
    } else {
      byte[] buffer = out.scratch(al + bl - 1);
      System.arraycopy(a, ao, buffer, 0, al - 1);
      buffer[al - 1] = ',';
      System.arraycopy(b, bo + 1, buffer, al, bl - 1);
      out.bytes(buffer, 0, al + bl - 1);
    }
  }

  private static void requireArray(byte[] page, int offset) {
    if (page[offset] != '[') {
      throw SqlException.ofValue(SqlState.DATA_EXCEPTION, "argument is not an array");
    }
  }

  /// The elements of an array and of the arrays in it, however deep.
  public static void flatten(byte[] page, int offset, int length, ValueOut out) {
    requireArray(page, offset);
    byte[] buffer = out.scratch(length + 1);
    buffer[0] = '[';
    int to = flatten(page, offset, length, buffer, 1);
    buffer[to++] = ']';
    out.bytes(buffer, 0, to);
  }

  /// Writes the elements at `to` and answers where they end.
  private static int flatten(byte[] page, int offset, int length, byte[] buffer, int to) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int end = to;
    int at = length == 2 ? JsonScanner.INVALID : offset + 1;
    while (at != JsonScanner.INVALID) {
      int bytes = scanner.skipValue(at, 0) - at;
      if (page[at] == '[') {
        end = flatten(page, at, bytes, buffer, end);
      } else {
        if (end > 1) {
          buffer[end++] = ',';
        }
        System.arraycopy(page, at, buffer, end, bytes);
        end += bytes;
      }
      at = next(scanner, at);
    }
    return end;
  }

  public static void from(byte[] page, int offset, int length, int start, ValueOut out) {
    slice(page, offset, length, start, Integer.MAX_VALUE, out);
  }

  /// @param start from 0; a negative one counts from the end
  public static void slice(
      byte[] page, int offset, int length, int start, int count, ValueOut out) {
    requireArray(page, offset);
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int size = count(page, offset, length);
    int first = Math.clamp(start < 0 ? (long) size + start : start, 0, size);
    long last = count < 0 ? 0 : Math.min(size, (long) first + count);
    int at = offset + 1;
    for (int i = 0; i < first && i + 1 < size; i++) {
      at = next(scanner, at);
    }
    int begin = at;
    int end = at;
    for (int i = first; i < last; i++) {
      end = scanner.skipValue(at, 0);
      at = end + 1;
    }
    byte[] buffer = out.scratch(end - begin + 2);
    buffer[0] = '[';
    System.arraycopy(page, begin, buffer, 1, end - begin);
    buffer[end - begin + 1] = ']';
    out.bytes(buffer, 0, end - begin + 2);
  }

  /// The parts of a string as an array of strings.
  public static void split(
      byte[] page, int offset, int length, byte[] mark, int mo, int ml, ValueOut out) {
    if (ml == 0) {
      throw SqlException.ofValue(
          SqlState.INVALID_PARAMETER_VALUE, "the delimiter of split_to_array is empty");
    }
    ValueOut array = new ValueOut();
    ValueOut part = new ValueOut();
    byte[] text = "[]".getBytes(java.nio.charset.StandardCharsets.US_ASCII);
    array.bytes(text, 0, text.length);
    int begin = offset;
    for (int at = offset; at <= offset + length; at++) {
      boolean end = at == offset + length;
      if (end || at + ml <= offset + length && matches(page, at, mark, mo, ml)) {
        SuperValue.quote(page, begin, at - begin, part);
        byte[] before = java.util.Arrays.copyOfRange(array.page, array.offset, array.length);
        append(before, 0, before.length, part.page, part.offset, part.length, array);
        begin = at + ml;
        at = begin - 1;
      }
      if (end) {
        break;
      }
    }
    byte[] buffer = out.scratch(array.length);
    System.arraycopy(array.page, array.offset, buffer, 0, array.length);
    out.bytes(buffer, 0, array.length);
  }

  private static boolean matches(byte[] page, int at, byte[] mark, int mo, int ml) {
    return java.util.Arrays.equals(page, at, at + ml, mark, mo, mo + ml);
  }
}

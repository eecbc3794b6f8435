package io.redward.functions.json;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.ValueOut;
import io.redward.functions.text.Numbers;
import io.redward.functions.text.Utf8;
import java.util.Arrays;

/// The JSON functions. A text that is no JSON is an error, or NULL where the last argument is true.
/// A path that leads nowhere, an index out of bounds, and a JSON null answer NULL.
public final class Json {
  private Json() {}

  public static int isValid(byte[] page, int offset, int length) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    boolean isObject = scanner.peek(scanner.skipBlanks(offset)) == '{';
    return isObject && scanner.isValid(offset) ? 1 : 0;
  }

  public static int isValidArray(byte[] page, int offset, int length) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    boolean isArray = scanner.peek(scanner.skipBlanks(offset)) == '[';
    return isArray && scanner.isValid(offset) ? 1 : 0;
  }

  public static int canParse(byte[] page, int offset, int length) {
    return new JsonScanner(page, offset, length).isValid(offset) ? 1 : 0;
  }

  public static int arrayLength(byte[] page, int offset, int length, ValueOut out) {
    return arrayLength(page, offset, length, 0, out);
  }

  public static int arrayLength(
      byte[] page, int offset, int length, int nullIfInvalid, ValueOut out) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int at = scanner.skipBlanks(offset);
    out.isNull = scanner.peek(at) != '[' || !scanner.isValid(offset);
    if (out.isNull) {
      invalid("array object", page, offset, length, nullIfInvalid);
      return 0;
    }
    int count = 0;
    at = scanner.skipBlanks(at + 1);
    while (scanner.peek(at) != ']') {
      count++;
      at = next(scanner, at);
    }
    return count;
  }

  /// From one element to the next, or to the bracket after the last.
  private static int next(JsonScanner scanner, int at) {
    int after = scanner.skipBlanks(scanner.skipValue(at, 0));
    return scanner.peek(after) == ',' ? scanner.skipBlanks(after + 1) : after;
  }

  private static void invalid(
      String wanted, byte[] page, int offset, int length, int nullIfInvalid) {
    if (nullIfInvalid == 0) {
      throw SqlException.ofValue(SqlState.DATA_EXCEPTION, "JSON parsing error")
          .withDetail("invalid json " + wanted + " " + Numbers.text(page, offset, length));
    }
  }

  public static void arrayElement(byte[] page, int offset, int length, int index, ValueOut out) {
    arrayElement(page, offset, length, index, 0, out);
  }

  /// @param index from 0
  public static void arrayElement(
      byte[] page, int offset, int length, int index, int nullIfInvalid, ValueOut out) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int at = scanner.skipBlanks(offset);
    out.isNull = true;
    if (scanner.peek(at) != '[' || !scanner.isValid(offset)) {
      invalid("array object", page, offset, length, nullIfInvalid);
      return;
    }
    at = scanner.skipBlanks(at + 1);
    for (int i = 0; i < index && scanner.peek(at) != ']'; i++) {
      at = next(scanner, at);
    }
    if (index >= 0 && scanner.peek(at) != ']') {
      answer(page, at, scanner.skipValue(at, 0), out);
    }
  }

  /// The text of the value from `begin` to `end`: strings without quotes, others as they stand.
  static void answer(byte[] page, int begin, int end, ValueOut out) {
    out.isNull = page[begin] == 'n';
    if (page[begin] == '"') {
      unescape(page, begin + 1, end - 1, out);
    } else {
      out.bytes(page, begin, end - begin);
    }
  }

  private static void unescape(byte[] page, int begin, int end, ValueOut out) {
    int escape = begin;
    while (escape < end && page[escape] != '\\') {
      escape++;
    }
    if (escape == end) {
      out.bytes(page, begin, end - begin);
      return;
    }
    byte[] buffer = out.scratch(end - begin);
    int to = 0;
    for (int at = begin; at < end; at++) {
      if (page[at] != '\\') {
        buffer[to++] = page[at];
        continue;
      }
      at++;
      switch (page[at]) {
        case 'b' -> buffer[to++] = '\b';
        case 'f' -> buffer[to++] = '\f';
        case 'n' -> buffer[to++] = '\n';
        case 'r' -> buffer[to++] = '\r';
        case 't' -> buffer[to++] = '\t';
        case 'u' -> {
          int unit = unit(page, at + 1);
          at += 4;
          boolean isPair =
              Character.isHighSurrogate((char) unit)
                  && at + 6 < end
                  && page[at + 1] == '\\'
                  && page[at + 2] == 'u';
          if (isPair) {
            to =
                Utf8.put(buffer, to, Character.toCodePoint((char) unit, (char) unit(page, at + 3)));
            at += 6;
          } else {
            to = Utf8.put(buffer, to, unit);
          }
        }
        default -> buffer[to++] = page[at];
      }
    }
    out.bytes(buffer, 0, to);
  }

  private static int unit(byte[] page, int at) {
    int unit = 0;
    for (int i = 0; i < 4; i++) {
      unit = unit << 4 | Character.digit(page[at + i], 16);
    }
    return unit;
  }

  /// Follows one step of a path: the value of the member of this name, or [JsonScanner#INVALID].
  static int member(
      JsonScanner scanner, byte[] page, int at, byte[] name, int nameOffset, int nameLength) {
    if (at == JsonScanner.INVALID || scanner.peek(at) != '{') {
      return JsonScanner.INVALID;
    }
    at = scanner.skipBlanks(at + 1);
    while (scanner.peek(at) == '"') {
      int close = scanner.skipString(at) - 1;
      boolean same =
          Arrays.equals(page, at + 1, close, name, nameOffset, nameOffset + nameLength)
              || isEscapedName(page, at + 1, close, name, nameOffset, nameLength);
      int value = scanner.skipName(at);
      if (same) {
        return value;
      }
      at = next(scanner, value);
    }
    return JsonScanner.INVALID;
  }

  private static boolean isEscapedName(
      byte[] page, int begin, int end, byte[] name, int nameOffset, int nameLength) {
    for (int i = begin; i < end; i++) {
      if (page[i] == '\\') {
        ValueOut plain = new ValueOut();
        unescape(page, begin, end, plain);
        return Arrays.equals(
            plain.page,
            plain.offset,
            plain.offset + plain.length,
            name,
            nameOffset,
            nameOffset + nameLength);
      }
    }
    return false;
  }

  public static void path1(
      byte[] page,
      int offset,
      int length,
      byte[] a,
      int ao,
      int al,
      int nullIfInvalid,
      ValueOut out) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int at = begin(scanner, page, offset, length, nullIfInvalid);
    finish(scanner, page, member(scanner, page, at, a, ao, al), out);
  }

  public static void path2(
      byte[] page,
      int offset,
      int length,
      byte[] a,
      int ao,
      int al,
      byte[] b,
      int bo,
      int bl,
      int nullIfInvalid,
      ValueOut out) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int at = member(scanner, page, begin(scanner, page, offset, length, nullIfInvalid), a, ao, al);
    finish(scanner, page, member(scanner, page, at, b, bo, bl), out);
  }

  public static void path3(
      byte[] page,
      int offset,
      int length,
      byte[] a,
      int ao,
      int al,
      byte[] b,
      int bo,
      int bl,
      byte[] c,
      int co,
      int cl,
      int nullIfInvalid,
      ValueOut out) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int at = member(scanner, page, begin(scanner, page, offset, length, nullIfInvalid), a, ao, al);
    at = member(scanner, page, at, b, bo, bl);
    finish(scanner, page, member(scanner, page, at, c, co, cl), out);
  }

  public static void path4(
      byte[] page,
      int offset,
      int length,
      byte[] a,
      int ao,
      int al,
      byte[] b,
      int bo,
      int bl,
      byte[] c,
      int co,
      int cl,
      byte[] d,
      int dOffset,
      int dl,
      int nullIfInvalid,
      ValueOut out) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int at = member(scanner, page, begin(scanner, page, offset, length, nullIfInvalid), a, ao, al);
    at = member(scanner, page, at, b, bo, bl);
    at = member(scanner, page, at, c, co, cl);
    finish(scanner, page, member(scanner, page, at, d, dOffset, dl), out);
  }

  public static void path5(
      byte[] page,
      int offset,
      int length,
      byte[] a,
      int ao,
      int al,
      byte[] b,
      int bo,
      int bl,
      byte[] c,
      int co,
      int cl,
      byte[] d,
      int dOffset,
      int dl,
      byte[] e,
      int eo,
      int el,
      int nullIfInvalid,
      ValueOut out) {
    JsonScanner scanner = new JsonScanner(page, offset, length);
    int at = member(scanner, page, begin(scanner, page, offset, length, nullIfInvalid), a, ao, al);
    at = member(scanner, page, at, b, bo, bl);
    at = member(scanner, page, at, c, co, cl);
    at = member(scanner, page, at, d, dOffset, dl);
    finish(scanner, page, member(scanner, page, at, e, eo, el), out);
  }

  /// Where the document's value begins; a place past its end if it is invalid and that is no error.
  private static int begin(
      JsonScanner scanner, byte[] page, int offset, int length, int nullIfInvalid) {
    if (!scanner.isValid(offset)) {
      invalid("object", page, offset, length, nullIfInvalid);
      return Integer.MAX_VALUE;
    }
    return scanner.skipBlanks(offset);
  }

  private static void finish(JsonScanner scanner, byte[] page, int at, ValueOut out) {
    out.isNull = at == JsonScanner.INVALID;
    if (!out.isNull) {
      answer(page, at, scanner.skipValue(at, 0), out);
    }
  }
}

package io.redward.functions.text;

/// Characters in UTF-8 bytes. The bytes are valid UTF-8: what enters the warehouse is checked.
public final class Utf8 {
  private Utf8() {}

  /// True if the byte continues a character that began before it.
  public static boolean isContinuation(byte value) {
    return (value & 0xC0) == 0x80;
  }

  /// The number of characters.
  public static int count(byte[] bytes, int offset, int length) {
    int count = 0;
    for (int i = offset, end = offset + length; i < end; i++) {
      count += (bytes[i] & 0xC0) != 0x80 ? 1 : 0;
    }
    return count;
  }

  public static boolean isAscii(byte[] bytes, int offset, int length) {
    int all = 0;
    for (int i = offset, end = offset + length; i < end; i++) {
      all |= bytes[i];
    }
    return all >= 0;
  }

  /// The length in bytes of the character that begins at `at`.
  public static int width(byte first) {
    int lead = first & 0xFF;
    return lead < 0x80 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
  }

  /// The index of the byte where the character number `characters` (from 0) begins, or the end of
  /// the string if it has no more.
  public static int skip(byte[] bytes, int offset, int length, long characters) {
    int at = offset;
    int end = offset + length;
    for (long left = characters; left > 0 && at < end; left--) {
      at += width(bytes[at]);
    }
    return Math.min(at, end);
  }

  /// The longest prefix of whole characters that has at most `limit` bytes.
  public static int prefix(byte[] bytes, int offset, int length, int limit) {
    if (length <= limit) {
      return length;
    }
    int cut = limit;
    while (cut > 0 && isContinuation(bytes[offset + cut])) {
      cut--;
    }
    return cut;
  }

  /// The code point that begins at `at`.
  public static int codePoint(byte[] bytes, int at) {
    int lead = bytes[at] & 0xFF;
    if (lead < 0x80) {
      return lead;
    }
    if (lead < 0xE0) {
      return (lead & 0x1F) << 6 | bytes[at + 1] & 0x3F;
    }
    if (lead < 0xF0) {
      return (lead & 0x0F) << 12 | (bytes[at + 1] & 0x3F) << 6 | bytes[at + 2] & 0x3F;
    }
    return (lead & 0x07) << 18
        | (bytes[at + 1] & 0x3F) << 12
        | (bytes[at + 2] & 0x3F) << 6
        | bytes[at + 3] & 0x3F;
  }

  /// Writes a code point and answers the index after it; at most four bytes.
  public static int put(byte[] bytes, int at, int codePoint) {
    if (codePoint < 0x80) {
      bytes[at] = (byte) codePoint;
      return at + 1;
    }
    if (codePoint < 0x800) {
      bytes[at] = (byte) (0xC0 | codePoint >> 6);
      bytes[at + 1] = (byte) (0x80 | codePoint & 0x3F);
      return at + 2;
    }
    if (codePoint < 0x10000) {
      bytes[at] = (byte) (0xE0 | codePoint >> 12);
      bytes[at + 1] = (byte) (0x80 | codePoint >> 6 & 0x3F);
      bytes[at + 2] = (byte) (0x80 | codePoint & 0x3F);
      return at + 3;
    }
    bytes[at] = (byte) (0xF0 | codePoint >> 18);
    bytes[at + 1] = (byte) (0x80 | codePoint >> 12 & 0x3F);
    bytes[at + 2] = (byte) (0x80 | codePoint >> 6 & 0x3F);
    bytes[at + 3] = (byte) (0x80 | codePoint & 0x3F);
    return at + 4;
  }

  /// The index where `part` first occurs in `bytes` at or after `from`, or -1.
  public static int indexOf(
      byte[] bytes, int from, int end, byte[] part, int partOffset, int partLength) {
    if (partLength == 0) {
      return from;
    }
    byte first = part[partOffset];
    int last = end - partLength;
    for (int i = from; i <= last; i++) {
      if (bytes[i] == first && matches(bytes, i, part, partOffset, partLength)) {
        return i;
      }
    }
    return -1;
  }

  private static boolean matches(
      byte[] bytes, int at, byte[] part, int partOffset, int partLength) {
    for (int i = 1; i < partLength; i++) {
      if (bytes[at + i] != part[partOffset + i]) {
        return false;
      }
    }
    return true;
  }

  /// The length without blanks at the end.
  public static int withoutTrailingBlanks(byte[] bytes, int offset, int length) {
    int end = length;
    while (end > 0 && bytes[offset + end - 1] == ' ') {
      end--;
    }
    return end;
  }
}

package io.redward.runtime.kernel;

import java.util.Arrays;

/// The order of strings: unsigned bytewise with trailing blanks left out.
public final class BytesOrder {
  private BytesOrder() {}

  /// The length of a string without its trailing blanks.
  public static int trimmedLength(byte[] page, int offset, int length) {
    int end = offset + length;
    while (end > offset && page[end - 1] == ' ') {
      end--;
    }
    return end - offset;
  }

  /// A copy without trailing blanks.
  public static byte[] trimmed(byte[] value) {
    return Arrays.copyOf(value, trimmedLength(value, 0, value.length));
  }

  /// Compares a string with one that is trimmed already.
  public static int compareTrimmed(byte[] page, int offset, int length, byte[] trimmed) {
    int end = offset + trimmedLength(page, offset, length);
    return Arrays.compareUnsigned(page, offset, end, trimmed, 0, trimmed.length);
  }

  /// Whether a string equals one that is trimmed already.
  public static boolean equalsTrimmed(byte[] page, int offset, int length, byte[] trimmed) {
    int wanted = trimmed.length;
    if (length < wanted) {
      return false;
    }
    for (int i = wanted; i < length; i++) {
      if (page[offset + i] != ' ') {
        return false;
      }
    }
    return Arrays.equals(page, offset, offset + wanted, trimmed, 0, wanted);
  }

  /// Compares two strings.
  public static int compare(
      byte[] page, int start, int end, byte[] otherPage, int otherStart, int otherEnd) {
    int stop = start + trimmedLength(page, start, end - start);
    int otherStop = otherStart + trimmedLength(otherPage, otherStart, otherEnd - otherStart);
    return Arrays.compareUnsigned(page, start, stop, otherPage, otherStart, otherStop);
  }

  /// A hash of the trimmed string, equal for equal strings.
  static int hash(byte[] page, int offset, int length) {
    int end = offset + trimmedLength(page, offset, length);
    int hash = 1;
    for (int i = offset; i < end; i++) {
      hash = 31 * hash + page[i];
    }
    return hash * 0x9E37_79B9;
  }
}

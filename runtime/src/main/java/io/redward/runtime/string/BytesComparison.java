package io.redward.runtime.string;

import io.redward.runtime.kernel.BytesOrder;
import java.util.Arrays;

/// Comparisons of two strings given as page, offset and length. Trailing blanks do not count, but
/// in VARBYTE values (`…Exact`).
public final class BytesComparison {
  private BytesComparison() {}

  public static boolean equal(
      byte[] page, int offset, int length, byte[] otherPage, int otherOffset, int otherLength) {
    if (length == otherLength) {
      return Arrays.equals(
          page, offset, offset + length, otherPage, otherOffset, otherOffset + otherLength);
    }
    int shorter = Math.min(length, otherLength);
    return blank(page, offset + shorter, offset + length)
        && blank(otherPage, otherOffset + shorter, otherOffset + otherLength)
        && Arrays.equals(
            page, offset, offset + shorter, otherPage, otherOffset, otherOffset + shorter);
  }

  private static boolean blank(byte[] page, int from, int to) {
    for (int i = from; i < to; i++) {
      if (page[i] != ' ') {
        return false;
      }
    }
    return true;
  }

  public static int compare(
      byte[] page, int offset, int length, byte[] otherPage, int otherOffset, int otherLength) {
    return BytesOrder.compare(
        page, offset, offset + length, otherPage, otherOffset, otherOffset + otherLength);
  }

  public static boolean equalExact(
      byte[] page, int offset, int length, byte[] otherPage, int otherOffset, int otherLength) {
    return Arrays.equals(
        page, offset, offset + length, otherPage, otherOffset, otherOffset + otherLength);
  }

  public static int compareExact(
      byte[] page, int offset, int length, byte[] otherPage, int otherOffset, int otherLength) {
    return Arrays.compareUnsigned(
        page, offset, offset + length, otherPage, otherOffset, otherOffset + otherLength);
  }
}

package io.redward.storage.block;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/// The order of strings in zone maps and sort keys: by unsigned bytes, without trailing blanks.
public final class BytesOrder {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  private BytesOrder() {}

  /// Length of a row's string without trailing blanks.
  public static int trimmedLength(BytesVector vector, int row) {
    long view = vector.views[row];
    int length = BytesView.length(view);
    if (length == 0) {
      return 0;
    }
    byte[] page = vector.pages[BytesView.page(view)];
    int offset = BytesView.offset(view);
    while (length > 0 && page[offset + length - 1] == ' ') {
      length--;
    }
    return length;
  }

  /// The first eight bytes, zeros after a shorter string's end, as a number whose signed order
  /// never contradicts the strings' order.
  public static long prefix(BytesVector vector, int row) {
    int length = trimmedLength(vector, row);
    if (length == 0) {
      return Long.MIN_VALUE;
    }
    long view = vector.views[row];
    byte[] page = vector.pages[BytesView.page(view)];
    int offset = BytesView.offset(view);
    long prefix = 0;
    if (offset + 8 <= page.length) {
      prefix = (long) LONGS.get(page, offset);
      if (length < 8) {
        prefix &= -1L << 64 - 8 * length;
      }
    } else {
      for (int i = 0; i < Math.min(8, length); i++) {
        prefix |= (page[offset + i] & 0xFFL) << 56 - 8 * i;
      }
    }
    return prefix ^ Long.MIN_VALUE;
  }

  public static int compare(BytesVector vector, int left, int right) {
    int leftLength = trimmedLength(vector, left);
    int rightLength = trimmedLength(vector, right);
    if (leftLength == 0 || rightLength == 0) {
      return Integer.compare(leftLength, rightLength);
    }
    int leftOffset = vector.offset(left);
    int rightOffset = vector.offset(right);
    return Arrays.compareUnsigned(
        vector.page(left),
        leftOffset,
        leftOffset + leftLength,
        vector.page(right),
        rightOffset,
        rightOffset + rightLength);
  }
}

package io.redward.storage.block.encoding;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import io.redward.storage.bytes.Hashing;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Optional;

/// Finds the distinct strings of a block, by the row each was first seen in, and each row's code.
///
/// A string's length, first and last eight bytes decide equality alone up to sixteen bytes, which
/// is as long as repeated strings mostly are.
final class BytesDictionary {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SAMPLE_ROWS = 4096;

  private final BytesVector values;
  private final int limit;
  private final int mask;
  private final int[] slotCodes;
  private int[] firstRows = new int[64];
  private long[] heads = new long[64];
  private long[] tails = new long[64];
  private int size;
  private long entryBytes;

  private BytesDictionary(BytesVector values, int limit) {
    this.values = values;
    this.limit = limit;
    int slots = Integer.highestOneBit(Math.max(16, limit)) * 4;
    mask = slots - 1;
    slotCodes = new int[slots];
  }

  /// The entries' rows and all rows' codes.
  record Codes(int[] firstRows, long[] codes, long entryBytes) {
    /// Bytes that entries and codes take.
    long bytes() {
      int bits = 32 - Integer.numberOfLeadingZeros(firstRows.length - 1);
      return entryBytes + firstRows.length + (long) codes.length * bits / 8;
    }
  }

  /// Empty if there are more than `limit` distinct strings, or if the first rows suggest it.
  static Optional<Codes> of(BytesVector values, int rowCount, int limit) {
    BytesDictionary dictionary = new BytesDictionary(values, limit);
    long[] codes = new long[rowCount];
    for (int row = 0; row < rowCount; row++) {
      int code = dictionary.code(row);
      if (code < 0) {
        return Optional.empty();
      }
      codes[row] = code;
    }
    int[] firstRows = Arrays.copyOf(dictionary.firstRows, dictionary.size);
    return Optional.of(new Codes(firstRows, codes, dictionary.entryBytes));
  }

  /// The row's code, or -1 if there are too many.
  private int code(int row) {
    long view = values.views[row];
    int length = BytesView.length(view);
    long head = 0;
    long tail = 0;
    long hash = length;
    if (length > 0) {
      byte[] page = values.pages[BytesView.page(view)];
      int offset = BytesView.offset(view);
      head = head(page, offset, length);
      tail = length > 8 ? (long) LONGS.get(page, offset + length - 8) : 0;
      hash =
          length <= 16
              ? Hashing.of(head ^ Long.rotateLeft(tail, 29) + length)
              : Hashing.of(page, offset, length);
    }
    int slot = (int) hash & mask;
    while (slotCodes[slot] != 0) {
      int code = slotCodes[slot] - 1;
      if (heads[code] == head && tails[code] == tail && same(firstRows[code], row, length)) {
        return code;
      }
      slot = slot + 1 & mask;
    }
    if (size == limit || row >= SAMPLE_ROWS && size > SAMPLE_ROWS / 2 && size * 2L > row) {
      return -1;
    }
    add(row, head, tail);
    entryBytes += length;
    slotCodes[slot] = size;
    return size - 1;
  }

  private void add(int row, long head, long tail) {
    if (size == firstRows.length) {
      firstRows = Arrays.copyOf(firstRows, size * 2);
      heads = Arrays.copyOf(heads, size * 2);
      tails = Arrays.copyOf(tails, size * 2);
    }
    firstRows[size] = row;
    heads[size] = head;
    tails[size++] = tail;
  }

  /// Whether two strings of equal heads and tails are equal.
  private boolean same(int entryRow, int row, int length) {
    if (values.length(entryRow) != length) {
      return false;
    }
    return length <= 16
        || Arrays.equals(
            values.page(entryRow),
            values.offset(entryRow),
            values.offset(entryRow) + length,
            values.page(row),
            values.offset(row),
            values.offset(row) + length);
  }

  private static long head(byte[] page, int offset, int length) {
    if (offset + 8 <= page.length) {
      long word = (long) LONGS.get(page, offset);
      return length >= 8 ? word : word & (1L << 8 * length) - 1;
    }
    long word = 0;
    for (int i = 0; i < Math.min(8, length); i++) {
      word |= (page[offset + i] & 0xFFL) << 8 * i;
    }
    return word;
  }
}

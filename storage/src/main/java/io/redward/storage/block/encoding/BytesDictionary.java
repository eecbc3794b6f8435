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
/// A string's length and three words of it, which overlap where it is short, decide equality alone
/// up to 24 bytes, which is as long as repeated strings mostly are. Of a longer one the middle word
/// is a hash.
final class BytesDictionary {
  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SAMPLE_ROWS = 4096;

  private static final int SHORT_BYTES = 24;

  private final BytesVector values;
  private final int limit;
  private final int mask;
  private final int[] slotCodes;
  private int[] firstRows = new int[64];
  private int[] lengths = new int[64];
  private long[] heads = new long[64];
  private long[] middles = new long[64];
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
    long[] views = values.views;
    for (int row = 0; row < rowCount; row++) {
      int code =
          row > 0 && views[row] == views[row - 1] ? (int) codes[row - 1] : dictionary.code(row);
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
    long middle = 0;
    long tail = 0;
    if (length > 0) {
      byte[] page = values.pages[BytesView.page(view)];
      int offset = BytesView.offset(view);
      head = head(page, offset, length);
      if (length > Long.BYTES) {
        tail = (long) LONGS.get(page, offset + length - Long.BYTES);
        if (length > 2 * Long.BYTES) {
          middle =
              length > SHORT_BYTES
                  ? Hashing.of(page, offset, length)
                  : (long) LONGS.get(page, offset + Long.BYTES);
        }
      }
    }
    long hash = Hashing.of(head ^ Long.rotateLeft(tail, 29) ^ Long.rotateLeft(middle, 43) + length);
    int slot = (int) hash & mask;
    while (slotCodes[slot] != 0) {
      int code = slotCodes[slot] - 1;
      if (heads[code] == head
          && tails[code] == tail
          && middles[code] == middle
          && lengths[code] == length
          && (length <= SHORT_BYTES || same(firstRows[code], row, length))) {
        return code;
      }
      slot = slot + 1 & mask;
    }
    if (size == limit || row >= SAMPLE_ROWS && size > SAMPLE_ROWS / 2 && size * 2L > row) {
      return -1;
    }
    add(row, length, head, middle, tail);
    entryBytes += length;
    slotCodes[slot] = size;
    return size - 1;
  }

  private void add(int row, int length, long head, long middle, long tail) {
    if (size == firstRows.length) {
      firstRows = Arrays.copyOf(firstRows, size * 2);
      lengths = Arrays.copyOf(lengths, size * 2);
      heads = Arrays.copyOf(heads, size * 2);
      middles = Arrays.copyOf(middles, size * 2);
      tails = Arrays.copyOf(tails, size * 2);
    }
    firstRows[size] = row;
    lengths[size] = length;
    heads[size] = head;
    middles[size] = middle;
    tails[size++] = tail;
  }

  /// Whether two strings of the same length are equal.
  private boolean same(int entryRow, int row, int length) {
    return Arrays.equals(
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

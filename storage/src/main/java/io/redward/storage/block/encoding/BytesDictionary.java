package io.redward.storage.block.encoding;

import io.redward.foundation.batch.BytesVector;
import io.redward.storage.bytes.Hashing;
import java.util.Arrays;
import java.util.Optional;

/// The distinct strings of a block, by the row each was first seen in, and each row's code.
record BytesDictionary(int[] firstRows, long[] codes, long entryBytes) {
  private static final int SAMPLE_ROWS = 4096;
  private static final byte[] NO_BYTES = new byte[0];

  /// Empty if there are more than `limit` distinct strings, or if the first rows suggest it.
  static Optional<BytesDictionary> of(BytesVector values, int rowCount, int limit) {
    int slots = Integer.highestOneBit(Math.max(16, limit)) * 4;
    int[] slotCodes = new int[slots];
    int[] slotHashes = new int[slots];
    int[] firstRows = new int[16];
    long[] codes = new long[rowCount];
    int size = 0;
    long entryBytes = 0;
    for (int i = 0; i < rowCount; i++) {
      byte[] page = page(values, i);
      int offset = values.offset(i);
      int length = values.length(i);
      long hash = Hashing.of(page, offset, length);
      int tag = (int) (hash >>> 32);
      int slot = (int) hash & slots - 1;
      while (slotCodes[slot] != 0
          && !(slotHashes[slot] == tag && equal(values, firstRows[slotCodes[slot] - 1], i))) {
        slot = slot + 1 & slots - 1;
      }
      if (slotCodes[slot] == 0) {
        if (size == limit || i >= SAMPLE_ROWS && size > SAMPLE_ROWS / 2 && size * 2L > i) {
          return Optional.empty();
        }
        if (size == firstRows.length) {
          firstRows = Arrays.copyOf(firstRows, size * 2);
        }
        firstRows[size] = i;
        entryBytes += length;
        slotHashes[slot] = tag;
        slotCodes[slot] = ++size;
      }
      codes[i] = slotCodes[slot] - 1;
    }
    return Optional.of(new BytesDictionary(Arrays.copyOf(firstRows, size), codes, entryBytes));
  }

  /// Bytes that entries and codes take.
  long bytes() {
    int bits = 32 - Integer.numberOfLeadingZeros(firstRows.length - 1);
    return entryBytes + firstRows.length + (long) codes.length * bits / 8;
  }

  private static byte[] page(BytesVector values, int row) {
    return values.length(row) == 0 ? NO_BYTES : values.page(row);
  }

  private static boolean equal(BytesVector values, int left, int right) {
    int length = values.length(left);
    return length == values.length(right)
        && (length == 0
            || Arrays.equals(
                values.page(left),
                values.offset(left),
                values.offset(left) + length,
                values.page(right),
                values.offset(right),
                values.offset(right) + length));
  }
}

package io.redward.storage.block.encoding;

import io.redward.storage.bytes.Hashing;
import java.util.Arrays;
import java.util.Optional;

/// The distinct values of a block of integers, or of doubles by their bits, and each row's code.
///
/// @param entries ascending, so that neighbouring values have neighbouring codes
record LongDictionary(long[] entries, long[] codes) {
  private static final int SAMPLE_ROWS = 4096;

  /// Empty if there are more than `limit` distinct values, or if the first rows suggest it.
  static Optional<LongDictionary> of(long[] values, int rowCount, int limit) {
    int slots = Integer.highestOneBit(Math.max(16, limit)) * 4;
    long[] keys = new long[slots];
    int[] slotCodes = new int[slots];
    long[] codes = new long[Math.min(rowCount, SAMPLE_ROWS)];
    int size = 0;
    for (int i = 0; i < rowCount; i++) {
      int slot = (int) Hashing.of(values[i]) & slots - 1;
      while (slotCodes[slot] != 0 && keys[slot] != values[i]) {
        slot = slot + 1 & slots - 1;
      }
      if (slotCodes[slot] == 0) {
        if (size == limit || i == SAMPLE_ROWS && size > Math.min(limit, SAMPLE_ROWS / 2)) {
          return Optional.empty();
        }
        keys[slot] = values[i];
        slotCodes[slot] = ++size;
      }
      if (i == codes.length) {
        // Room for all only now that the sample has not ended the attempt.
        codes = Arrays.copyOf(codes, rowCount);
      }
      codes[i] = slotCodes[slot] - 1L;
    }
    return Optional.of(sorted(keys, slotCodes, codes, size));
  }

  int codeBits() {
    return 32 - Integer.numberOfLeadingZeros(entries.length - 1);
  }

  private static LongDictionary sorted(long[] keys, int[] slotCodes, long[] codes, int size) {
    long[] entries = new long[size];
    for (int slot = 0; slot < keys.length; slot++) {
      if (slotCodes[slot] != 0) {
        entries[slotCodes[slot] - 1] = keys[slot];
      }
    }
    long[] ascending = entries.clone();
    Arrays.sort(ascending);
    long[] rank = new long[size];
    for (int code = 0; code < size; code++) {
      rank[code] = Arrays.binarySearch(ascending, entries[code]);
    }
    for (int i = 0; i < codes.length; i++) {
      codes[i] = rank[(int) codes[i]];
    }
    return new LongDictionary(ascending, codes);
  }
}

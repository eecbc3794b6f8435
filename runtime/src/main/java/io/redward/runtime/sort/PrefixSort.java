package io.redward.runtime.sort;

import io.redward.foundation.base.CancelToken;

/// Sorts row numbers by a 64-bit key each, signed ascending; rows of equal key then by a
/// comparison.
///
/// Keys and rows are parallel arrays and move together. Many rows are sorted by bytes from the
/// lowest up (a radix sort: one counting pass for all eight bytes, one distribution pass a byte in
/// which keys differ), few by insertion.
final class PrefixSort {
  private static final int INSERTION_ROWS = 32;
  private static final int DIGITS = 8;
  private static final int BUCKETS = 256;
  /// Rows that are moved or merged between two looks whether the statement was cancelled, less one.
  static final int CHECK_MASK = (1 << 16) - 1;

  /// The order of two rows whose keys are equal.
  @FunctionalInterface
  interface RowOrder {
    int compare(int left, int right);
  }

  private PrefixSort() {}

  /// Sorts `keys[0 .. count)` and `rows` with it.
  static void sort(long[] keys, int[] rows, int count) {
    if (count <= INSERTION_ROWS) {
      insert(keys, rows, count);
      return;
    }
    int[][] counts = new int[DIGITS][BUCKETS];
    for (int i = 0; i < count; i++) {
      if ((i & CHECK_MASK) == 0) {
        CancelToken.checkCurrent();
      }
      long key = keys[i] ^ Long.MIN_VALUE;
      for (int digit = 0; digit < DIGITS; digit++) {
        counts[digit][(int) (key >>> 8 * digit) & 0xFF]++;
      }
    }
    long[] fromKeys = keys;
    int[] fromRows = rows;
    long[] toKeys = new long[count];
    int[] toRows = new int[count];
    for (int digit = 0; digit < DIGITS; digit++) {
      if (counts[digit][(int) ((keys[0] ^ Long.MIN_VALUE) >>> 8 * digit) & 0xFF] == count) {
        continue;
      }
      offsets(counts[digit]);
      distribute(fromKeys, fromRows, toKeys, toRows, counts[digit], 8 * digit);
      long[] sparedKeys = fromKeys;
      int[] sparedRows = fromRows;
      fromKeys = toKeys;
      fromRows = toRows;
      toKeys = sparedKeys;
      toRows = sparedRows;
    }
    if (fromKeys != keys) {
      System.arraycopy(fromKeys, 0, keys, 0, count);
      System.arraycopy(fromRows, 0, rows, 0, count);
    }
  }

  private static void insert(long[] keys, int[] rows, int count) {
    for (int i = 1; i < count; i++) {
      long key = keys[i];
      int row = rows[i];
      int place = i;
      while (place > 0 && keys[place - 1] > key) {
        keys[place] = keys[place - 1];
        rows[place] = rows[place - 1];
        place--;
      }
      keys[place] = key;
      rows[place] = row;
    }
  }

  private static void offsets(int[] counts) {
    int offset = 0;
    for (int bucket = 0; bucket < BUCKETS; bucket++) {
      int size = counts[bucket];
      counts[bucket] = offset;
      offset += size;
    }
  }

  /// Keys and rows may be arrays longer than the count, the spare ones are not: one of both is
  /// spare.
  private static void distribute(
      long[] fromKeys, int[] fromRows, long[] toKeys, int[] toRows, int[] offsets, int shift) {
    int count = Math.min(fromKeys.length, toKeys.length);
    for (int i = 0; i < count; i++) {
      if ((i & CHECK_MASK) == 0) {
        CancelToken.checkCurrent();
      }
      long key = fromKeys[i];
      int place = offsets[(int) ((key ^ Long.MIN_VALUE) >>> shift) & 0xFF]++;
      toKeys[place] = key;
      toRows[place] = fromRows[i];
    }
  }

  /// Orders the rows within each run of equal keys.
  static void sortTies(long[] keys, int[] rows, int count, RowOrder order) {
    int[] spare = new int[0];
    int start = 0;
    int checked = 0;
    while (start < count) {
      if (start - checked > CHECK_MASK) {
        CancelToken.checkCurrent();
        checked = start;
      }
      int end = start + 1;
      while (end < count && keys[end] == keys[start]) {
        end++;
      }
      if (end - start > 1) {
        if (spare.length < end - start) {
          spare = new int[end - start];
        }
        mergeSort(rows, start, end, spare, order);
      }
      start = end;
    }
  }

  /// Sorts `rows[start .. end)` by `order` alone; `spare` holds as many rows at least.
  static void mergeSort(int[] rows, int start, int end, int[] spare, RowOrder order) {
    if (end - start <= INSERTION_ROWS) {
      insert(rows, start, end, order);
      return;
    }
    int middle = start + end >>> 1;
    mergeSort(rows, start, middle, spare, order);
    mergeSort(rows, middle, end, spare, order);
    if (order.compare(rows[middle - 1], rows[middle]) <= 0) {
      return;
    }
    int left = middle - start;
    System.arraycopy(rows, start, spare, 0, left);
    int i = 0;
    int j = middle;
    int place = start;
    while (i < left && j < end) {
      if ((place & CHECK_MASK) == 0) {
        CancelToken.checkCurrent();
      }
      rows[place++] = order.compare(spare[i], rows[j]) <= 0 ? spare[i++] : rows[j++];
    }
    System.arraycopy(spare, i, rows, place, left - i);
  }

  private static void insert(int[] rows, int start, int end, RowOrder order) {
    for (int i = start + 1; i < end; i++) {
      int row = rows[i];
      int place = i;
      while (place > start && order.compare(rows[place - 1], row) > 0) {
        rows[place] = rows[place - 1];
        place--;
      }
      rows[place] = row;
    }
  }
}

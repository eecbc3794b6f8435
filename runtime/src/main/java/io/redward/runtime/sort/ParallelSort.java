package io.redward.runtime.sort;

import io.redward.foundation.base.CancelToken;
import io.redward.runtime.segment.Parallel;
import java.util.Arrays;

/// A sort of many rows by several workers: runs of equal size are sorted side by side, then merged
/// in pairs until one is left.
final class ParallelSort {
  private final SortOrder order;
  private final int count;
  private final boolean exact;
  private long[] keys;
  private int[] rows;
  private long[] spareKeys;
  private int[] spareRows;

  ParallelSort(SortOrder order, int count) {
    this.order = order;
    this.count = count;
    SortPrefixes prefixes = order.prefixes(count);
    keys = prefixes.prefixes();
    exact = prefixes.exact();
    rows = new int[count];
    for (int row = 0; row < count; row++) {
      rows[row] = row;
    }
    spareKeys = new long[count];
    spareRows = new int[count];
  }

  /// @param runs a power of two
  int[] sorted(int runs, Parallel parallel) {
    parallel.run(runs, run -> sortRun(bound(run, runs), bound(run + 1, runs)));
    for (int left = runs; left > 1; left >>= 1) {
      int pairs = left / 2;
      int now = left;
      parallel.run(
          pairs,
          pair -> merge(bound(2 * pair, now), bound(2 * pair + 1, now), bound(2 * pair + 2, now)));
      long[] mergedKeys = spareKeys;
      int[] mergedRows = spareRows;
      spareKeys = keys;
      spareRows = rows;
      keys = mergedKeys;
      rows = mergedRows;
    }
    return rows;
  }

  private int bound(int run, int runs) {
    return (int) ((long) count * run / runs);
  }

  private void sortRun(int from, int to) {
    long[] runKeys = Arrays.copyOfRange(keys, from, to);
    int[] runRows = Arrays.copyOfRange(rows, from, to);
    PrefixSort.sort(runKeys, runRows, to - from);
    if (!exact) {
      PrefixSort.sortTies(runKeys, runRows, to - from, order::compare);
    }
    System.arraycopy(runKeys, 0, keys, from, to - from);
    System.arraycopy(runRows, 0, rows, from, to - from);
  }

  private void merge(int from, int middle, int to) {
    int left = from;
    int right = middle;
    for (int place = from; place < to; place++) {
      if ((place & PrefixSort.CHECK_MASK) == 0) {
        CancelToken.checkCurrent();
      }
      boolean takeLeft = right == to || left < middle && !before(right, left);
      int taken = takeLeft ? left++ : right++;
      spareKeys[place] = keys[taken];
      spareRows[place] = rows[taken];
    }
  }

  private boolean before(int place, int other) {
    if (keys[place] != keys[other]) {
      return keys[place] < keys[other];
    }
    return !exact && order.compare(rows[place], rows[other]) < 0;
  }
}

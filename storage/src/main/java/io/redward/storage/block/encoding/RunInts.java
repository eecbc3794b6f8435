package io.redward.storage.block.encoding;

import java.util.Arrays;

/// Runs of 4-byte integers: the value of each and the row after its last.
record RunInts(int[] values, int[] ends) implements IntBody, RangeBody {
  @Override
  public long heldBytes() {
    return values.length * 8L;
  }

  @Override
  public void decode(int from, int count, int[] out) {
    int run = Runs.find(ends, from);
    int at = 0;
    while (at < count) {
      int end = Math.min(count, ends[run] - from);
      Arrays.fill(out, at, end, values[run]);
      at = end;
      run++;
    }
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, int[] out) {
    int run = Runs.find(ends, from);
    for (int i = 0; i < selectedCount; i++) {
      int row = selection[i];
      while (ends[run] <= from + row) {
        run++;
      }
      out[row] = values[run];
    }
  }

  @Override
  public int select(int from, int count, long low, long high, int[] selection) {
    int run = Runs.find(ends, from);
    int at = 0;
    int n = 0;
    while (at < count) {
      int end = Math.min(count, ends[run] - from);
      if (values[run] >= low && values[run] <= high) {
        n = PackedRange.all(at, end - at, selection, n);
      }
      at = end;
      run++;
    }
    return n;
  }
}

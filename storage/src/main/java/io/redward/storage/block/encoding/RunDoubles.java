package io.redward.storage.block.encoding;

import java.util.Arrays;

/// Runs of doubles: the value of each and the row after its last.
record RunDoubles(double[] values, int[] ends) implements DoubleBody {
  @Override
  public long heldBytes() {
    return values.length * 12L;
  }

  @Override
  public void decode(int from, int count, double[] out) {
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
  public void decodeSelected(int from, int[] selection, int selectedCount, double[] out) {
    int run = Runs.find(ends, from);
    for (int i = 0; i < selectedCount; i++) {
      int row = selection[i];
      while (ends[run] <= from + row) {
        run++;
      }
      out[row] = values[run];
    }
  }
}

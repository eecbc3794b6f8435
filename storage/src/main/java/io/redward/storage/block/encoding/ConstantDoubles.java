package io.redward.storage.block.encoding;

import java.util.Arrays;

/// One double in all rows.
record ConstantDoubles(double value) implements DoubleBody {
  @Override
  public long heldBytes() {
    return Double.BYTES;
  }

  @Override
  public void decode(int from, int count, double[] out) {
    Arrays.fill(out, 0, count, value);
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, double[] out) {
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = value;
    }
  }
}

package io.redward.storage.block.encoding;

import java.util.Arrays;

/// One 4-byte integer in all rows.
record ConstantInts(int value) implements IntBody, RangeBody {
  @Override
  public long heldBytes() {
    return Integer.BYTES;
  }

  @Override
  public void decode(int from, int count, int[] out) {
    Arrays.fill(out, 0, count, value);
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, int[] out) {
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = value;
    }
  }

  @Override
  public int select(int from, int count, long low, long high, int[] selection) {
    return value >= low && value <= high ? PackedRange.all(0, count, selection, 0) : 0;
  }
}

package io.redward.storage.block.encoding;

import java.util.Arrays;

/// One 8-byte integer in all rows.
record ConstantLongs(long value) implements LongBody, RangeBody {
  @Override
  public long heldBytes() {
    return Long.BYTES;
  }

  @Override
  public void decode(int from, int count, long[] out) {
    Arrays.fill(out, 0, count, value);
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, long[] out) {
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = value;
    }
  }

  @Override
  public int select(int from, int count, long low, long high, int[] selection) {
    return value >= low && value <= high ? PackedRange.all(0, count, selection, 0) : 0;
  }
}

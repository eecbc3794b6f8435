package io.redward.storage.block.encoding;

import java.util.Arrays;

/// One 128-bit integer in all rows.
record ConstantWide(long highWord, long lowWord) implements WideBody {
  @Override
  public long heldBytes() {
    return 2 * Long.BYTES;
  }

  @Override
  public void decode(int from, int count, long[] high, long[] low) {
    Arrays.fill(high, 0, count, highWord);
    Arrays.fill(low, 0, count, lowWord);
  }

  @Override
  public void decodeSelected(
      int from, int[] selection, int selectedCount, long[] high, long[] low) {
    for (int i = 0; i < selectedCount; i++) {
      high[selection[i]] = highWord;
      low[selection[i]] = lowWord;
    }
  }
}

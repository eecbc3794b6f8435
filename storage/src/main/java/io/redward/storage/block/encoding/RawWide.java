package io.redward.storage.block.encoding;

/// 128-bit integers as they are: all upper words, then all lower words.
record RawWide(long[] highs, long[] lows) implements WideBody {
  @Override
  public long heldBytes() {
    return lows.length * 16L;
  }

  @Override
  public void decode(int from, int count, long[] high, long[] low) {
    System.arraycopy(highs, from, high, 0, count);
    System.arraycopy(lows, from, low, 0, count);
  }

  @Override
  public void decodeSelected(
      int from, int[] selection, int selectedCount, long[] high, long[] low) {
    for (int i = 0; i < selectedCount; i++) {
      high[selection[i]] = highs[from + selection[i]];
      low[selection[i]] = lows[from + selection[i]];
    }
  }
}

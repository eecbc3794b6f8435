package io.redward.storage.block.encoding;

/// 128-bit integers that all fit 64 bits.
record NarrowedWide(LongBody narrow) implements WideBody {
  @Override
  public long heldBytes() {
    return narrow.heldBytes();
  }

  @Override
  public void decode(int from, int count, long[] high, long[] low) {
    narrow.decode(from, count, low);
    for (int i = 0; i < count; i++) {
      high[i] = low[i] >> 63;
    }
  }

  @Override
  public void decodeSelected(
      int from, int[] selection, int selectedCount, long[] high, long[] low) {
    narrow.decodeSelected(from, selection, selectedCount, low);
    for (int i = 0; i < selectedCount; i++) {
      high[selection[i]] = low[selection[i]] >> 63;
    }
  }
}

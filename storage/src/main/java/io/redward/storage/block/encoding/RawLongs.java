package io.redward.storage.block.encoding;

/// 8-byte integers as they are.
record RawLongs(long[] values) implements LongBody {
  @Override
  public long heldBytes() {
    return values.length * 8L;
  }

  @Override
  public void decode(int from, int count, long[] out) {
    System.arraycopy(values, from, out, 0, count);
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, long[] out) {
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = values[from + selection[i]];
    }
  }
}

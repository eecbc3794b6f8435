package io.redward.storage.block.encoding;

/// 4-byte integers as they are.
record RawInts(int[] values) implements IntBody {
  @Override
  public long heldBytes() {
    return values.length * 4L;
  }

  @Override
  public void decode(int from, int count, int[] out) {
    System.arraycopy(values, from, out, 0, count);
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, int[] out) {
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = values[from + selection[i]];
    }
  }
}

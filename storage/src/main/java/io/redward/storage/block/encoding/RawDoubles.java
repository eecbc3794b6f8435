package io.redward.storage.block.encoding;

/// Doubles as they are.
record RawDoubles(double[] values) implements DoubleBody {
  @Override
  public long heldBytes() {
    return values.length * 8L;
  }

  @Override
  public void decode(int from, int count, double[] out) {
    System.arraycopy(values, from, out, 0, count);
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, double[] out) {
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = values[from + selection[i]];
    }
  }
}

package io.redward.storage.block.encoding;

/// Doubles that are all `float`s.
record FloatDoubles(float[] values) implements DoubleBody {
  @Override
  public long heldBytes() {
    return values.length * 4L;
  }

  @Override
  public void decode(int from, int count, double[] out) {
    for (int i = 0; i < count; i++) {
      out[i] = values[from + i];
    }
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, double[] out) {
    for (int i = 0; i < selectedCount; i++) {
      out[selection[i]] = values[from + selection[i]];
    }
  }
}

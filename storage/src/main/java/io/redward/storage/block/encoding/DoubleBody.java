package io.redward.storage.block.encoding;

/// A body of floating-point numbers, kept bit for bit.
public non-sealed interface DoubleBody extends Body {
  void decode(int from, int count, double[] out);

  void decodeSelected(int from, int[] selection, int selectedCount, double[] out);
}

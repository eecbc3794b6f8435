package io.redward.storage.block.encoding;

/// A body of 4-byte integers.
public non-sealed interface IntBody extends Body {
  void decode(int from, int count, int[] out);

  void decodeSelected(int from, int[] selection, int selectedCount, int[] out);
}

package io.redward.storage.block.encoding;

/// A body of 8-byte integers.
public non-sealed interface LongBody extends Body {
  void decode(int from, int count, long[] out);

  void decodeSelected(int from, int[] selection, int selectedCount, long[] out);
}

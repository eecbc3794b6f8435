package io.redward.storage.block.encoding;

/// A body of 128-bit integers.
public non-sealed interface WideBody extends Body {
  void decode(int from, int count, long[] high, long[] low);

  void decodeSelected(int from, int[] selection, int selectedCount, long[] high, long[] low);
}

package io.redward.storage.block.encoding;

/// A body of byte strings: views as in [io.redward.foundation.batch.BytesView] into pages of its
/// own.
public non-sealed interface BytesBody extends Body {
  byte[][] pages();

  void decode(int from, int count, long[] views);

  void decodeSelected(int from, int[] selection, int selectedCount, long[] views);
}

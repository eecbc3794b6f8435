package io.redward.storage.block.encoding;

/// A body of byte strings: views as in [io.redward.foundation.batch.BytesView] into pages of its
/// own.
public non-sealed interface BytesBody extends Body {
  byte[][] pages();

  void decode(int from, int count, long[] views);

  /// Decodes the rows' entries of the dictionary too.
  ///
  /// @return how many entries there are, 0 if `codes` was left alone since there is no dictionary
  default int decode(int from, int count, long[] views, int[] codes) {
    decode(from, count, views);
    return 0;
  }

  void decodeSelected(int from, int[] selection, int selectedCount, long[] views);
}

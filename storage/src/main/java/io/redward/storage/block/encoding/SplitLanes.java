package io.redward.storage.block.encoding;

/// Puts the two parts of [SplitDoubles] together: the scalar twin of [VectorSplitLanes], and the
/// choice between them.
final class SplitLanes {
  private SplitLanes() {}

  /// @param out written from `to` on; the parts are read from the beginning
  static void join(long[] lefts, int[] codes, long[] rights, double[] out, int to, int count) {
    if (EncodedFilters.ready()) {
      VectorSplitLanes.join(lefts, codes, rights, out, to, count);
    } else {
      scalar(lefts, codes, rights, out, 0, to, count);
    }
  }

  /// @param from the first row of the parts; its value goes to `out[to + from]`
  static void scalar(
      long[] lefts, int[] codes, long[] rights, double[] out, int from, int to, int count) {
    for (int i = from; i < count; i++) {
      out[to + i] = Double.longBitsToDouble(lefts[codes[i]] | rights[i]);
    }
  }
}

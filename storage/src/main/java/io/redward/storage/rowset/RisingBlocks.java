package io.redward.storage.rowset;

import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowSpan;
import io.redward.storage.table.ValueBounds;
import java.util.List;

/// The bounds of a column's blocks, to be searched where they rise from block to block.
///
/// @param least of each block; empty if the bounds do not rise
record RisingBlocks(int blocks, long[] least, long[] greatest) {
  static RisingBlocks of(List<BlockSummary> blocks) {
    long[] least = new long[blocks.size()];
    long[] greatest = new long[blocks.size()];
    for (int i = 0; i < least.length; i++) {
      if (!(blocks.get(i).bounds().orElse(null) instanceof ValueBounds.Longs(long min, long max))
          || i > 0 && (min < least[i - 1] || max < greatest[i - 1])) {
        return new RisingBlocks(blocks.size(), new long[0], new long[0]);
      }
      least[i] = min;
      greatest[i] = max;
    }
    return new RisingBlocks(blocks.size(), least, greatest);
  }

  /// The blocks that may hold a value in `[low, high]`.
  RowSpan between(long low, long high) {
    if (least.length == 0) {
      return new RowSpan(0, blocks);
    }
    return new RowSpan(firstNotBelow(greatest, low), firstAbove(least, high));
  }

  private static int firstNotBelow(long[] rising, long value) {
    return value == Long.MIN_VALUE ? 0 : firstAbove(rising, value - 1);
  }

  private static int firstAbove(long[] rising, long value) {
    int from = 0;
    int to = rising.length;
    while (from < to) {
      int middle = from + to >>> 1;
      if (rising[middle] > value) {
        to = middle;
      } else {
        from = middle + 1;
      }
    }
    return from;
  }
}

package io.redward.runtime.kernel;

import io.redward.foundation.types.Int128;

/// Filters over 128-bit columns, selected form only: such columns are too wide to gain by another.
public final class Int128Filters {
  private Int128Filters() {}

  /// `low <= value <= high`.
  public static int keepBetween(
      long[] highs, long[] lows, Int128[] bounds, int[] selection, int count) {
    long lowHigh = bounds[0].high();
    long lowLow = bounds[0].low() + Long.MIN_VALUE;
    long highHigh = bounds[1].high();
    long highLow = bounds[1].low() + Long.MIN_VALUE;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      long high = highs[row];
      long low = lows[row] + Long.MIN_VALUE;
      boolean aboveLow = high > lowHigh | (high == lowHigh & low >= lowLow);
      boolean belowHigh = high < highHigh | (high == highHigh & low <= highLow);
      selection[n] = row;
      n += aboveLow & belowHigh ? 1 : 0;
    }
    return n;
  }

  /// `value IN members`, or NOT IN if not `wanted`.
  public static int keepIn(
      long[][] words, Int128[] members, boolean wanted, int[] selection, int count) {
    long[] highs = words[0];
    long[] lows = words[1];
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      boolean found = false;
      for (Int128 member : members) {
        found |= highs[row] == member.high() & lows[row] == member.low();
      }
      selection[n] = row;
      n += found == wanted ? 1 : 0;
    }
    return n;
  }
}

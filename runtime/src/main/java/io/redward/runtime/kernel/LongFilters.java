package io.redward.runtime.kernel;

/// Filters over `long` columns.
public final class LongFilters {
  private LongFilters() {}

  /// `low <= value <= high`, dense.
  public static int between(long[] values, int count, long low, long high, int[] selection) {
    return VectorKernels.ready()
        ? VectorFilters.between(values, count, low, high, selection)
        : scalarBetween(values, count, low, high, selection);
  }

  static int scalarBetween(long[] values, int count, long low, long high, int[] selection) {
    long span = high - low + Long.MIN_VALUE;
    int n = 0;
    for (int row = 0; row < count; row++) {
      selection[n] = row;
      n += values[row] - low + Long.MIN_VALUE <= span ? 1 : 0;
    }
    return n;
  }

  /// `low <= value <= high`, selected.
  public static int keepBetween(long[] values, long low, long high, int[] selection, int count) {
    long span = high - low + Long.MIN_VALUE;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      selection[n] = row;
      n += values[row] - low + Long.MIN_VALUE <= span ? 1 : 0;
    }
    return n;
  }

  /// `value <> unwanted`, dense.
  public static int notEqual(long[] values, int count, long unwanted, int[] selection) {
    int n = 0;
    for (int row = 0; row < count; row++) {
      selection[n] = row;
      n += values[row] != unwanted ? 1 : 0;
    }
    return n;
  }

  /// `value <> unwanted`, selected.
  public static int keepNotEqual(long[] values, long unwanted, int[] selection, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      selection[n] = row;
      n += values[row] != unwanted ? 1 : 0;
    }
    return n;
  }

  /// `value IN set`, selected; a dense caller selects `between(set.min(), set.max())` first.
  public static int keepIn(long[] values, LongSet set, int[] selection, int count) {
    return set.isBitmap()
        ? keepInBitmap(values, set.bitmap(), set.min(), selection, count)
        : keepInTable(values, set.table(), set.free(), selection, count);
  }

  private static int keepInBitmap(
      long[] values, long[] bitmap, long min, int[] selection, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      int bit = (int) (values[row] - min);
      selection[n] = row;
      n += (int) (bitmap[bit >> 6] >>> bit & 1);
    }
    return n;
  }

  private static int keepInTable(
      long[] values, long[] table, long free, int[] selection, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      selection[n] = row;
      n += LongSet.contains(table, free, values[row]) ? 1 : 0;
    }
    return n;
  }
}

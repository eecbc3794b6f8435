package io.redward.runtime.kernel;

/// Filters over `int` columns.
public final class IntFilters {
  private IntFilters() {}

  /// `low <= value <= high`, dense.
  public static int between(int[] values, int count, int low, int high, int[] selection) {
    return VectorKernels.ready()
        ? VectorFilters.between(values, count, low, high, selection)
        : scalarBetween(values, count, low, high, selection);
  }

  static int scalarBetween(int[] values, int count, int low, int high, int[] selection) {
    int span = high - low + Integer.MIN_VALUE;
    int n = 0;
    for (int row = 0; row < count; row++) {
      selection[n] = row;
      n += values[row] - low + Integer.MIN_VALUE <= span ? 1 : 0;
    }
    return n;
  }

  /// `low <= value <= high`, selected.
  public static int keepBetween(int[] values, int low, int high, int[] selection, int count) {
    int span = high - low + Integer.MIN_VALUE;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      selection[n] = row;
      n += values[row] - low + Integer.MIN_VALUE <= span ? 1 : 0;
    }
    return n;
  }

  /// `value <> unwanted`, dense.
  public static int notEqual(int[] values, int count, int unwanted, int[] selection) {
    int n = 0;
    for (int row = 0; row < count; row++) {
      selection[n] = row;
      n += values[row] != unwanted ? 1 : 0;
    }
    return n;
  }

  /// `value <> unwanted`, selected.
  public static int keepNotEqual(int[] values, int unwanted, int[] selection, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      selection[n] = row;
      n += values[row] != unwanted ? 1 : 0;
    }
    return n;
  }

  /// `value IN set`, selected; a dense caller selects `between(set.min(), set.max())` first.
  public static int keepIn(int[] values, LongSet set, int[] selection, int count) {
    return set.isBitmap()
        ? keepInBitmap(values, set.bitmap(), set.min(), selection, count)
        : keepInTable(values, set.table(), set.free(), selection, count);
  }

  private static int keepInBitmap(
      int[] values, long[] bitmap, long min, int[] selection, int count) {
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
      int[] values, long[] table, long free, int[] selection, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      selection[n] = row;
      n += LongSet.contains(table, free, values[row]) ? 1 : 0;
    }
    return n;
  }
}

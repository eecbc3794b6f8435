package io.redward.runtime.kernel;

/// Filters over `double` columns in SQL's order: NaN equals NaN and is greater than all else.
public final class DoubleFilters {
  private DoubleFilters() {}

  /// `low <= value <= high`, and NaN if `nan`, dense. The bounds are no NaNs.
  public static int between(
      double[] values, int count, double low, double high, boolean nan, int[] selection) {
    return VectorKernels.ready() && !nan
        ? VectorFilters.between(values, count, low, high, selection)
        : scalarBetween(values, count, low, high, nan, selection);
  }

  static int scalarBetween(
      double[] values, int count, double low, double high, boolean nan, int[] selection) {
    int n = 0;
    for (int row = 0; row < count; row++) {
      double value = values[row];
      selection[n] = row;
      n += (value >= low & value <= high) | (nan & Double.isNaN(value)) ? 1 : 0;
    }
    return n;
  }

  /// `low <= value <= high`, and NaN if `nan`, selected.
  public static int keepBetween(
      double[] values, double low, double high, boolean nan, int[] selection, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      double value = values[row];
      selection[n] = row;
      n += (value >= low & value <= high) | (nan & Double.isNaN(value)) ? 1 : 0;
    }
    return n;
  }

  /// `value <> unwanted`, selected.
  public static int keepNotEqual(double[] values, double unwanted, int[] selection, int count) {
    boolean unwantedNan = Double.isNaN(unwanted);
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      double value = values[row];
      boolean equal = value == unwanted | (unwantedNan & Double.isNaN(value));
      selection[n] = row;
      n += equal ? 0 : 1;
    }
    return n;
  }

  /// `value IN members`, selected.
  public static int keepIn(double[] values, double[] members, int[] selection, int count) {
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      double value = values[row];
      boolean found = false;
      for (double member : members) {
        found |= value == member | (Double.isNaN(value) & Double.isNaN(member));
      }
      selection[n] = row;
      n += found ? 1 : 0;
    }
    return n;
  }
}

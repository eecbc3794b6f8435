package io.redward.compute.scan;

import io.redward.runtime.kernel.Selections;
import java.util.Comparator;

/// One worker's use of a join filter, given up once it has shown to keep most rows. The one that
/// leaves the fewest rows comes first: those after it decode their columns for these rows only.
final class KeyFilterState {
  static final Comparator<KeyFilterState> FEWEST_FIRST =
      Comparator.comparingDouble(KeyFilterState::share);

  private static final int TRIAL_ROWS = 1 << 15;

  private final KeyFilter filter;
  private final ScanColumn column;
  private long asked;
  private long kept;
  private boolean off;

  KeyFilterState(KeyFilter filter, ScanColumn column) {
    this.filter = filter;
    this.column = column;
  }

  /// The share of rows that it keeps, as far as is known.
  private double share() {
    if (off) {
      return 1;
    }
    return asked == 0 ? filter.keys().expectedShare() : (double) kept / asked;
  }

  int keep(int from, int count, int[] selection, int live) {
    if (off) {
      return live;
    }
    boolean dense = live == count;
    column.fill(from, count, selection, live, dense);
    if (dense) {
      Selections.all(count, selection);
    }
    int n = filter.keys().keep(column.vector(), selection, live);
    asked += live;
    kept += n;
    off = asked >= TRIAL_ROWS && kept > asked - (asked >> 2);
    return n;
  }
}

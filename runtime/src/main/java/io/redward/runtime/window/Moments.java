package io.redward.runtime.window;

import io.redward.foundation.batch.Vector;
import io.redward.runtime.kernel.Cells;

/// Counts, sums and sums of squared deviations of the present values of any range of rows. Ranges
/// that grow at their end are followed value by value; any other is put together from a tree over
/// the rows, built when first needed.
final class Moments {
  /// Tree leaves summarise this many rows; shorter ranges are summed directly.
  private static final int LEAF_ROWS = 16;

  private static final Answer NOTHING = new Answer();

  private final Vector values;
  private final double unit;
  private final int count;
  private final Answer running = new Answer();
  private final Answer gathered = new Answer();
  private int runningLow = -1;
  private int runningHigh = -1;
  private int gatheredLow = -1;
  private int gatheredHigh = -1;
  private Answer[] tree = new Answer[0];
  private int leaves;

  /// @param unit what values are divided by: 10 to the power of a decimal's scale
  /// @param partitions ends with the number of rows
  Moments(Vector values, double unit, int[] partitions) {
    this.values = values;
    this.unit = unit;
    count = partitions[partitions.length - 1];
  }

  /// Valid until the next call.
  Answer over(int low, int high) {
    if (low >= high) {
      return NOTHING;
    }
    if (low == gatheredLow && high == gatheredHigh) {
      return gathered;
    }
    if (low != runningLow || high < runningHigh) {
      if (high - low > 2 * LEAF_ROWS) {
        gatheredLow = low;
        gatheredHigh = high;
        return gather(low, high);
      }
      running.clear();
      runningLow = low;
      runningHigh = low;
    }
    for (; runningHigh < high; runningHigh++) {
      accept(running, runningHigh);
    }
    return running;
  }

  private void accept(Answer answer, int row) {
    if (!values.isNull(row)) {
      answer.accept(Cells.real(values, row) / unit);
    }
  }

  private Answer gather(int low, int high) {
    if (tree.length == 0) {
      plant();
    }
    gathered.clear();
    int row = low;
    for (; row < high && row % LEAF_ROWS != 0; row++) {
      accept(gathered, row);
    }
    int left = row / LEAF_ROWS + leaves;
    int right = high / LEAF_ROWS + leaves;
    for (; left < right; left >>= 1, right >>= 1) {
      if ((left & 1) == 1) {
        gathered.merge(tree[left++]);
      }
      if ((right & 1) == 1) {
        gathered.merge(tree[--right]);
      }
    }
    for (row = Math.max(row, high / LEAF_ROWS * LEAF_ROWS); row < high; row++) {
      accept(gathered, row);
    }
    return gathered;
  }

  private void plant() {
    leaves = count / LEAF_ROWS + 1;
    tree = new Answer[2 * leaves];
    for (int node = 0; node < tree.length; node++) {
      tree[node] = new Answer();
    }
    for (int row = 0; row < count; row++) {
      accept(tree[leaves + row / LEAF_ROWS], row);
    }
    for (int node = leaves - 1; node > 0; node--) {
      tree[node].merge(tree[2 * node]);
      tree[node].merge(tree[2 * node + 1]);
    }
  }

  /// The moments of some values.
  static final class Answer {
    long count;
    double sum;
    double deviation;
    private double mean;

    private void clear() {
      count = 0;
      sum = 0;
      deviation = 0;
      mean = 0;
    }

    private void accept(double value) {
      count++;
      sum += value;
      double distance = value - mean;
      mean += distance / count;
      deviation += distance * (value - mean);
    }

    private void merge(Answer other) {
      if (other.count == 0) {
        return;
      }
      long together = count + other.count;
      double distance = other.mean - mean;
      deviation +=
          other.deviation + distance * distance * ((double) count * other.count / together);
      mean += distance * other.count / together;
      sum += other.sum;
      count = together;
    }
  }
}

package io.redward.runtime.window;

import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SinkStep.WindowFunction;
import io.redward.runtime.kernel.Cells;

/// MIN and MAX over frames. A queue keeps the rows of the frame that may still become the answer:
/// each is better than all behind it were when it came; the first is the answer. Every row enters
/// and leaves it once, since frames only move forward.
final class ExtremeFunctions {
  private ExtremeFunctions() {}

  static void evaluate(WindowCall call, WindowRows rows, Frames frames, Vector result) {
    Vector values = rows.columns()[call.arguments().getFirst()];
    Cells.share(values, result);
    int sign = call.function() == WindowFunction.MIN ? 1 : -1;
    int[] queue = new int[rows.count()];
    int[] partitions = rows.partitions();
    for (int p = 0; p + 1 < partitions.length; p++) {
      int head = 0;
      int tail = 0;
      int entered = partitions[p];
      for (int row = partitions[p]; row < partitions[p + 1]; row++) {
        for (; entered < frames.high()[row]; entered++) {
          if (values.isNull(entered)) {
            continue;
          }
          while (tail > head && sign * Cells.compare(values, queue[tail - 1], entered) >= 0) {
            tail--;
          }
          queue[tail++] = entered;
        }
        while (head < tail && queue[head] < frames.low()[row]) {
          head++;
        }
        if (head < tail && queue[head] < frames.high()[row]) {
          Cells.copy(values, queue[head], result, row);
        } else {
          result.setNull(row);
        }
      }
    }
  }
}

package io.redward.runtime.window;

import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.WindowCall;

/// COUNT(*) and COUNT(value) over frames: differences of running counts.
final class CountFunctions {
  private CountFunctions() {}

  static void evaluate(WindowCall call, WindowRows rows, Frames frames, Vector result) {
    boolean everyRow =
        call.arguments().isEmpty() || !rows.columns()[call.arguments().getFirst()].hasNulls;
    int[] before = everyRow ? new int[0] : new int[rows.count() + 1];
    if (!everyRow) {
      Vector values = rows.columns()[call.arguments().getFirst()];
      for (int row = 0; row < rows.count(); row++) {
        before[row + 1] = before[row] + (values.isNull(row) ? 0 : 1);
      }
    }
    for (int row = 0; row < rows.count(); row++) {
      int low = frames.low()[row];
      int high = Math.max(low, frames.high()[row]);
      RankFunctions.put(result, row, everyRow ? high - low : before[high] - before[low]);
    }
  }
}

package io.redward.runtime.window;

import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.WindowCall;

/// Variances and standard deviations over frames, in floating point.
final class MomentFunctions {
  private MomentFunctions() {}

  static void evaluate(WindowCall call, WindowRows rows, Frames frames, Vector result) {
    int field = call.arguments().getFirst();
    double unit = Math.pow(10, rows.fields().get(field).type().scale());
    Moments moments = new Moments(rows.columns()[field], unit, rows.partitions());
    DoubleVector answers = (DoubleVector) result;
    for (int row = 0; row < rows.count(); row++) {
      Moments.Answer answer = moments.over(frames.low()[row], frames.high()[row]);
      long divisor =
          switch (call.function()) {
            case VAR_SAMP, STDDEV_SAMP -> answer.count - 1;
            default -> answer.count;
          };
      if (divisor <= 0) {
        answers.setNull(row);
        continue;
      }
      double variance = answer.deviation / divisor;
      answers.values[row] =
          switch (call.function()) {
            case STDDEV_SAMP, STDDEV_POP -> Math.sqrt(variance);
            default -> variance;
          };
    }
  }
}

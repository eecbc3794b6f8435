package io.redward.runtime.window;

import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SinkStep.WindowFunction;

/// SUM and AVG over frames. Integers and decimals are summed exactly, adding the rows that enter
/// the frame and taking out those that leave it. Floating values cannot be taken out without error:
/// a frame that leaves rows behind asks a tree of partial sums instead.
final class SumFunctions {
  private SumFunctions() {}

  static void evaluate(WindowCall call, WindowRows rows, Frames frames, Vector result) {
    Vector values = rows.columns()[call.arguments().getFirst()];
    if (values instanceof DoubleVector || result instanceof DoubleVector) {
      floating(call, rows, frames, (DoubleVector) result);
    } else {
      exact(call, rows, frames, result);
    }
  }

  private static void exact(WindowCall call, WindowRows rows, Frames frames, Vector result) {
    int field = call.arguments().getFirst();
    Vector values = rows.columns()[field];
    int scale = rows.fields().get(field).type().scale();
    WideSum sum = new WideSum();
    int[] partitions = rows.partitions();
    for (int p = 0; p + 1 < partitions.length; p++) {
      sum.clear();
      int entered = partitions[p];
      int left = partitions[p];
      for (int row = partitions[p]; row < partitions[p + 1]; row++) {
        for (; entered < frames.high()[row]; entered++) {
          if (!values.isNull(entered)) {
            sum.add(values, entered);
          }
        }
        for (; left < Math.min(frames.low()[row], entered); left++) {
          if (!values.isNull(left)) {
            sum.remove(values, left);
          }
        }
        // A frame that starts behind what has entered is empty and keeps nothing.
        if (sum.count() == 0 || frames.low()[row] >= frames.high()[row]) {
          result.setNull(row);
        } else if (call.function() == WindowFunction.SUM) {
          sum.putSum(result, row, call.result().type());
        } else {
          sum.putMean(result, row, call.result().type(), scale);
        }
      }
    }
  }

  private static void floating(
      WindowCall call, WindowRows rows, Frames frames, DoubleVector result) {
    int field = call.arguments().getFirst();
    double unit = Math.pow(10, rows.fields().get(field).type().scale());
    Moments moments = new Moments(rows.columns()[field], unit, rows.partitions());
    for (int row = 0; row < rows.count(); row++) {
      Moments.Answer answer = moments.over(frames.low()[row], frames.high()[row]);
      if (answer.count == 0) {
        result.setNull(row);
      } else {
        result.values[row] =
            call.function() == WindowFunction.SUM ? answer.sum : answer.sum / answer.count;
      }
    }
  }
}

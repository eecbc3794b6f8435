package io.redward.runtime.window;

import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SinkStep.WindowFrame;
import io.redward.runtime.segment.Parallel;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/// Computes the calls of a window step.
public final class WindowEvaluator {
  private final WindowRows rows;
  private final Map<WindowFrame, Frames> frames = new ConcurrentHashMap<>();

  private WindowEvaluator(WindowRows rows) {
    this.rows = rows;
  }

  /// One column a call, of the form of the call's result field; each call is a task of its own.
  public static List<Vector> evaluate(List<WindowCall> calls, WindowRows rows, Parallel parallel) {
    WindowEvaluator evaluator = new WindowEvaluator(rows);
    Vector[] results = new Vector[calls.size()];
    parallel.run(
        calls.size(),
        index -> {
          WindowCall call = calls.get(index);
          results[index] = Vector.of(call.result().physical(), rows.count());
          if (rows.count() > 0) {
            evaluator.evaluate(call, results[index]);
          }
        });
    return List.of(results);
  }

  private void evaluate(WindowCall call, Vector result) {
    switch (call.function()) {
      case ROW_NUMBER, RANK, DENSE_RANK, PERCENT_RANK, CUME_DIST, NTILE ->
          RankFunctions.evaluate(call, rows, result);
      case LAG, LEAD -> OffsetFunctions.evaluate(call, rows, result);
      case FIRST_VALUE, LAST_VALUE, NTH_VALUE, ANY_VALUE ->
          PositionFunctions.evaluate(call, rows, frames(call), result);
      case COUNT_STAR, COUNT -> CountFunctions.evaluate(call, rows, frames(call), result);
      case SUM, AVG -> SumFunctions.evaluate(call, rows, frames(call), result);
      case MIN, MAX -> ExtremeFunctions.evaluate(call, rows, frames(call), result);
      case STDDEV_SAMP, STDDEV_POP, VAR_SAMP, VAR_POP ->
          MomentFunctions.evaluate(call, rows, frames(call), result);
      case MEDIAN, PERCENTILE_CONT, PERCENTILE_DISC ->
          PercentileFunctions.evaluate(call, rows, result);
      case LISTAGG -> ListFunctions.listagg(call, rows, result);
      case RATIO_TO_REPORT -> ListFunctions.ratio(call, rows, result);
    }
  }

  private Frames frames(WindowCall call) {
    return frames.computeIfAbsent(call.frame(), frame -> Frames.of(frame, rows));
  }
}

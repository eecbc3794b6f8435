package io.redward.runtime.window;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SinkStep.WindowFunction;
import io.redward.runtime.kernel.Cells;

/// FIRST_VALUE, LAST_VALUE and NTH_VALUE: the value at a place of the frame, with IGNORE NULLS at a
/// place among the frame's present values. ANY_VALUE is the first present one.
final class PositionFunctions {
  private PositionFunctions() {}

  static void evaluate(WindowCall call, WindowRows rows, Frames frames, Vector result) {
    Vector values = rows.columns()[call.arguments().getFirst()];
    boolean skip =
        values.hasNulls && (call.ignoreNulls() || call.function() == WindowFunction.ANY_VALUE);
    Cells.share(values, result);
    Places places = skip ? Places.ofPresent(values, rows.count()) : Places.NONE;
    for (int row = 0; row < rows.count(); row++) {
      int low = frames.low()[row];
      int high = frames.high()[row];
      int from = skip ? places.before[low] : low;
      int to = skip ? places.before[Math.max(low, high)] : high;
      long place =
          switch (call.function()) {
            case FIRST_VALUE, ANY_VALUE -> from;
            case LAST_VALUE -> to - 1L;
            case NTH_VALUE -> from + nth(rows.columns()[call.arguments().get(1)], row) - 1;
            default -> throw new IllegalStateException("not a place: " + call.function());
          };
      if (place < from || place >= to) {
        result.setNull(row);
      } else {
        Cells.copy(values, skip ? places.rows[(int) place] : (int) place, result, row);
      }
    }
  }

  private static long nth(Vector argument, int row) {
    if (argument.isNull(row)) {
      return 0;
    }
    long nth = Cells.integer(argument, row);
    if (nth <= 0) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "argument of nth_value must be greater than zero");
    }
    return Math.min(nth, Integer.MAX_VALUE);
  }

  /// The present values of a column in order.
  ///
  /// @param before by row: present values before it; one entry more than rows
  /// @param rows by place among the present values: the row
  private record Places(int[] before, int[] rows) {
    static final Places NONE = new Places(new int[0], new int[0]);

    static Places ofPresent(Vector values, int count) {
      int[] before = new int[count + 1];
      int[] rows = new int[count];
      for (int row = 0; row < count; row++) {
        rows[before[row]] = row;
        before[row + 1] = before[row] + (values.isNull(row) ? 0 : 1);
      }
      return new Places(before, rows);
    }
  }
}

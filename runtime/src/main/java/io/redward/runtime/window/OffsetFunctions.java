package io.redward.runtime.window;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SinkStep.WindowFunction;
import io.redward.runtime.kernel.Cells;

/// LAG and LEAD: the value some rows before or after. Arguments: the value, then optionally the
/// number of rows and the answer where there is no such row.
final class OffsetFunctions {
  private OffsetFunctions() {}

  static void evaluate(WindowCall call, WindowRows rows, Vector result) {
    Vector values = rows.columns()[call.arguments().getFirst()];
    boolean ignoreNulls = call.ignoreNulls() && values.hasNulls;
    int[] presentBefore = ignoreNulls ? presentBefore(values, rows.count()) : new int[0];
    int[] presentRows = ignoreNulls ? presentRows(values, presentBefore, rows.count()) : new int[0];
    Cells.share(values, result);
    int[] partitions = rows.partitions();
    for (int p = 0; p + 1 < partitions.length; p++) {
      for (int row = partitions[p]; row < partitions[p + 1]; row++) {
        long shift = shift(call, rows, row);
        if (shift == Long.MIN_VALUE) {
          result.setNull(row);
          continue;
        }
        long target =
            ignoreNulls
                ? among(presentBefore, presentRows, values, row, shift)
                : Math.clamp(row + shift, -1, rows.count());
        if (target >= partitions[p] && target < partitions[p + 1]) {
          Cells.copy(values, (int) target, result, row);
        } else {
          otherwise(call, rows, row, result);
        }
      }
    }
  }

  /// Rows to go from `row`, or the smallest long if the number is NULL.
  private static long shift(WindowCall call, WindowRows rows, int row) {
    long shift = 1;
    if (call.arguments().size() > 1) {
      Vector shifts = rows.columns()[call.arguments().get(1)];
      if (shifts.isNull(row)) {
        return Long.MIN_VALUE;
      }
      shift = Math.clamp(Cells.integer(shifts, row), -Integer.MAX_VALUE, Integer.MAX_VALUE);
    }
    return call.function() == WindowFunction.LAG ? -shift : shift;
  }

  /// The row `shift` present values away; -1 if it lies before the first.
  private static long among(
      int[] presentBefore, int[] presentRows, Vector values, int row, long shift) {
    if (shift == 0) {
      return row;
    }
    boolean countsItself = shift < 0 || !values.isNull(row);
    long index = presentBefore[row] + shift - (countsItself ? 0 : 1);
    return index < 0 ? -1 : index >= presentRows.length ? Long.MAX_VALUE : presentRows[(int) index];
  }

  private static int[] presentBefore(Vector values, int count) {
    int[] before = new int[count + 1];
    for (int row = 0; row < count; row++) {
      before[row + 1] = before[row] + (values.isNull(row) ? 0 : 1);
    }
    return before;
  }

  private static int[] presentRows(Vector values, int[] presentBefore, int count) {
    int[] rows = new int[presentBefore[count]];
    for (int row = 0; row < count; row++) {
      if (!values.isNull(row)) {
        rows[presentBefore[row]] = row;
      }
    }
    return rows;
  }

  private static void otherwise(WindowCall call, WindowRows rows, int row, Vector result) {
    if (call.arguments().size() < 3) {
      result.setNull(row);
      return;
    }
    Vector defaults = rows.columns()[call.arguments().get(2)];
    if (result instanceof BytesVector bytes && defaults instanceof BytesVector texts) {
      if (texts.isNull(row)) {
        bytes.setNull(row);
      } else {
        ForeignBytes.put(bytes, row, texts, row);
      }
      return;
    }
    Cells.copy(defaults, row, result, row);
  }
}

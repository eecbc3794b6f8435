package io.redward.runtime.window;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.plan.step.SinkStep.WindowFunction;
import io.redward.runtime.kernel.Cells;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.stream.IntStream;

/// MEDIAN, PERCENTILE_CONT and PERCENTILE_DISC of each partition. Arguments: the value, then for
/// percentiles the fraction, which is constant in a partition.
final class PercentileFunctions {
  private PercentileFunctions() {}

  static void evaluate(WindowCall call, WindowRows rows, Vector result) {
    Vector values = rows.columns()[call.arguments().getFirst()];
    SqlType type = rows.fields().get(call.arguments().getFirst()).type();
    Cells.share(values, result);
    int[] partitions = rows.partitions();
    for (int p = 0; p + 1 < partitions.length; p++) {
      int start = partitions[p];
      int end = partitions[p + 1];
      int[] sorted =
          IntStream.range(start, end)
              .filter(row -> !values.isNull(row))
              .boxed()
              .sorted((a, b) -> Cells.compare(values, a, b))
              .mapToInt(Integer::intValue)
              .toArray();
      if (sorted.length == 0) {
        for (int row = start; row < end; row++) {
          result.setNull(row);
        }
        continue;
      }
      double fraction = fraction(call, rows, start);
      for (int row = start; row < end; row++) {
        if (call.function() == WindowFunction.PERCENTILE_DISC) {
          int place = Math.max(0, (int) Math.ceil(fraction * sorted.length) - 1);
          Cells.copy(values, sorted[place], result, row);
        } else {
          interpolate(call, type, values, sorted, fraction, result, row);
        }
      }
    }
  }

  private static double fraction(WindowCall call, WindowRows rows, int row) {
    if (call.function() == WindowFunction.MEDIAN) {
      return 0.5;
    }
    int field = call.arguments().get(1);
    double fraction =
        Cells.real(rows.columns()[field], row)
            / Math.pow(10, rows.fields().get(field).type().scale());
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new SqlException(
          SqlState.INVALID_PARAMETER_VALUE, "percentile value must be between 0 and 1");
    }
    return fraction;
  }

  private static void interpolate(
      WindowCall call,
      SqlType type,
      Vector values,
      int[] sorted,
      double fraction,
      Vector result,
      int row) {
    double place = fraction * (sorted.length - 1);
    int below = sorted[(int) Math.floor(place)];
    int above = sorted[(int) Math.ceil(place)];
    double weight = place - Math.floor(place);
    if (result instanceof DoubleVector doubles) {
      double unit = Math.pow(10, type.scale());
      double from = Cells.real(values, below) / unit;
      doubles.values[row] = from + (Cells.real(values, above) / unit - from) * weight;
      return;
    }
    SqlType target = call.result().type();
    BigDecimal from = decimal(values, below, type);
    BigDecimal to = decimal(values, above, type);
    BigDecimal exact = from.add(to.subtract(from).multiply(new BigDecimal(weight)));
    int scale = target.kind() == TypeKind.DECIMAL ? target.scale() : 0;
    WideValues.put(result, row, exact.setScale(scale, RoundingMode.HALF_UP).unscaledValue());
  }

  private static BigDecimal decimal(Vector values, int row, SqlType type) {
    return new BigDecimal(WideValues.get(values, row), type.scale());
  }
}

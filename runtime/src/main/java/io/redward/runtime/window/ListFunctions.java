package io.redward.runtime.window;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.plan.step.SinkStep.WindowCall;
import io.redward.runtime.kernel.Cells;
import java.io.ByteArrayOutputStream;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Set;

/// LISTAGG and RATIO_TO_REPORT, which are of whole partitions.
final class ListFunctions {
  private ListFunctions() {}

  /// Arguments: the string, then optionally the delimiter, then anything if values come once; in
  /// window order.
  static void listagg(WindowCall call, WindowRows rows, Vector result) {
    BytesVector values = (BytesVector) rows.columns()[call.arguments().getFirst()];
    BytesVector target = (BytesVector) result;
    boolean once = call.arguments().size() > 2;
    int[] partitions = rows.partitions();
    for (int p = 0; p + 1 < partitions.length; p++) {
      ByteArrayOutputStream list = new ByteArrayOutputStream();
      boolean any = false;
      Set<String> seen = new HashSet<>();
      for (int row = partitions[p]; row < partitions[p + 1]; row++) {
        if (values.isNull(row) || once && !seen.add(text(values, row))) {
          continue;
        }
        if (any && call.arguments().size() > 1) {
          BytesVector delimiters = (BytesVector) rows.columns()[call.arguments().get(1)];
          if (!delimiters.isNull(row)) {
            list.write(delimiters.page(row), delimiters.offset(row), delimiters.length(row));
          }
        }
        list.write(values.page(row), values.offset(row), values.length(row));
        any = true;
        if (list.size() > SqlType.MAX_VARCHAR_BYTES) {
          throw new SqlException(
              SqlState.PROGRAM_LIMIT_EXCEEDED, "Result size exceeds LISTAGG limit");
        }
      }
      byte[] bytes = list.toByteArray();
      for (int row = partitions[p]; row < partitions[p + 1]; row++) {
        if (!any) {
          target.setNull(row);
        } else if (row == partitions[p]) {
          target.append(row, bytes, 0, bytes.length);
        } else {
          target.views[row] = target.views[row - 1];
        }
      }
    }
  }

  /// The value without trailing blanks, as it is compared.
  private static String text(BytesVector values, int row) {
    return new String(
            values.page(row), values.offset(row), values.length(row), StandardCharsets.UTF_8)
        .stripTrailing();
  }

  /// The value's share of the partition's sum; NULL where the sum is zero.
  static void ratio(WindowCall call, WindowRows rows, Vector result) {
    int field = call.arguments().getFirst();
    Vector values = rows.columns()[field];
    int[] partitions = rows.partitions();
    for (int p = 0; p + 1 < partitions.length; p++) {
      double sum = 0;
      for (int row = partitions[p]; row < partitions[p + 1]; row++) {
        sum += values.isNull(row) ? 0 : Cells.real(values, row);
      }
      for (int row = partitions[p]; row < partitions[p + 1]; row++) {
        if (values.isNull(row) || sum == 0) {
          result.setNull(row);
        } else {
          putRatio(result, row, Cells.real(values, row) / sum, call.result().type());
        }
      }
    }
  }

  private static void putRatio(Vector result, int row, double ratio, SqlType type) {
    if (result instanceof DoubleVector doubles) {
      doubles.values[row] = ratio;
      return;
    }
    BigInteger unscaled =
        new BigDecimal(ratio).setScale(type.scale(), RoundingMode.HALF_UP).unscaledValue();
    WideValues.put(result, row, unscaled);
  }
}

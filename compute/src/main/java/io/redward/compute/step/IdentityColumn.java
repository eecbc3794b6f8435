package io.redward.compute.step;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import java.util.function.LongFunction;

/// Puts new identity values in the rows that have none. One worker's.
final class IdentityColumn {
  private final SqlType type;
  private final LongFunction<long[]> ranges;

  /// @param ranges given a count: the first of as many new values, and their step
  IdentityColumn(SqlType type, LongFunction<long[]> ranges) {
    this.type = type;
    this.ranges = ranges;
  }

  /// The column with the NULLs among the batch's live rows replaced.
  Vector fill(Vector given, Batch batch) {
    int missing = 0;
    for (int i = 0; i < batch.selectedCount; i++) {
      missing += given.isNull(batch.row(i)) ? 1 : 0;
    }
    if (missing == 0) {
      return given;
    }
    Vector filled = Vector.of(type.physical(), batch.capacity());
    long[] range = ranges.apply(missing);
    long next = range[0];
    checkRange(Math.addExact(next, Math.multiplyExact(missing - 1L, range[1])));
    for (int i = 0; i < batch.selectedCount; i++) {
      int row = batch.row(i);
      if (given.isNull(row)) {
        set(filled, row, next);
        next += range[1];
      } else {
        set(filled, row, value(given, row));
      }
    }
    return filled;
  }

  private static long value(Vector vector, int row) {
    return vector instanceof IntVector ints ? ints.values[row] : ((LongVector) vector).values[row];
  }

  private static void set(Vector vector, int row, long value) {
    if (vector instanceof IntVector ints) {
      ints.values[row] = (int) value;
    } else {
      ((LongVector) vector).values[row] = value;
    }
  }

  private void checkRange(long last) {
    boolean fits =
        switch (type.kind()) {
          case SMALLINT -> last == (short) last;
          case INTEGER -> last == (int) last;
          default -> true;
        };
    if (!fits) {
      throw new SqlException(
          SqlState.NUMERIC_VALUE_OUT_OF_RANGE,
          (type.kind() == TypeKind.SMALLINT ? "smallint" : "integer")
              + " out of range: identity value "
              + last);
    }
  }
}

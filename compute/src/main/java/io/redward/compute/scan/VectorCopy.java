package io.redward.compute.scan;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;

/// Copies single values between vectors of one form.
final class VectorCopy {
  private VectorCopy() {}

  /// Copies live rows `[from, from + count)` of `in` to rows `at …` of `out`; strings are copied.
  static void append(
      Vector in, boolean dense, int[] selection, int from, int count, Vector out, int at) {
    for (int i = 0; i < count; i++) {
      int row = dense ? from + i : selection[from + i];
      if (in.isNull(row)) {
        out.setNull(at + i);
        continue;
      }
      switch (in) {
        case IntVector ints -> ((IntVector) out).values[at + i] = ints.values[row];
        case LongVector longs -> ((LongVector) out).values[at + i] = longs.values[row];
        case DoubleVector doubles -> ((DoubleVector) out).values[at + i] = doubles.values[row];
        case Int128Vector wide -> {
          ((Int128Vector) out).high[at + i] = wide.high[row];
          ((Int128Vector) out).low[at + i] = wide.low[row];
        }
        case BytesVector bytes ->
            ((BytesVector) out)
                .append(at + i, bytes.page(row), bytes.offset(row), bytes.length(row));
      }
    }
  }

  /// Row `targets[i]` of `out` becomes row `sources[targets[i]] + shift` of `in`; strings are
  /// shared. A negative source gives NULL.
  static void gather(Vector in, int[] sources, int shift, int[] targets, int count, Vector out) {
    out.hasNulls = false;
    if (in instanceof BytesVector bytes) {
      ((BytesVector) out).pages = bytes.pages;
    }
    for (int i = 0; i < count; i++) {
      int row = targets[i];
      int source = sources[row];
      if (source < 0 || in.isNull(source + shift)) {
        out.setNull(row);
        continue;
      }
      switch (in) {
        case IntVector ints -> ((IntVector) out).values[row] = ints.values[source + shift];
        case LongVector longs -> ((LongVector) out).values[row] = longs.values[source + shift];
        case DoubleVector doubles ->
            ((DoubleVector) out).values[row] = doubles.values[source + shift];
        case Int128Vector wide -> {
          ((Int128Vector) out).high[row] = wide.high[source + shift];
          ((Int128Vector) out).low[row] = wide.low[source + shift];
        }
        case BytesVector bytes -> ((BytesVector) out).views[row] = bytes.views[source + shift];
      }
    }
  }
}

package io.redward.foundation.batch;

import io.redward.foundation.types.Physical;
import java.util.ArrayList;
import java.util.List;

/// Copies of batches for those who must keep rows after the batch's owner reuses it. Results on
/// their way to a client go through here only when they are read in portions.
public final class BatchCopy {
  private BatchCopy() {}

  /// The live rows of `source`, densely, in arrays of their own.
  public static Batch of(Batch source) {
    return slice(source, 0, source.selectedCount);
  }

  /// Live rows `[from, from + count)` of `source`, densely, in arrays of their own.
  public static Batch slice(Batch source, int from, int count) {
    List<Physical> columns = new ArrayList<>();
    for (Vector vector : source.vectors) {
      columns.add(vector.physical());
    }
    Batch copy = new Batch(columns, Math.max(1, count));
    for (int column = 0; column < source.vectors.length; column++) {
      copyRows(source, from, count, source.vectors[column], copy.vectors[column]);
    }
    copy.selectedCount = count;
    return copy;
  }

  private static void copyRows(Batch source, int from, int count, Vector in, Vector out) {
    for (int i = 0; i < count; i++) {
      int row = source.row(from + i);
      if (in.isNull(row)) {
        out.setNull(i);
        continue;
      }
      switch (in) {
        case IntVector ints -> ((IntVector) out).values[i] = ints.values[row];
        case LongVector longs -> ((LongVector) out).values[i] = longs.values[row];
        case DoubleVector doubles -> ((DoubleVector) out).values[i] = doubles.values[row];
        case Int128Vector wide -> {
          ((Int128Vector) out).high[i] = wide.high[row];
          ((Int128Vector) out).low[i] = wide.low[row];
        }
        case BytesVector bytes ->
            ((BytesVector) out).append(i, bytes.page(row), bytes.offset(row), bytes.length(row));
      }
    }
  }
}

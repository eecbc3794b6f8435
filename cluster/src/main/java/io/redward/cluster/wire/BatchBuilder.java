package io.redward.cluster.wire;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import java.util.List;

/// Gathers rows of many batches into full ones. Used by one thread.
public final class BatchBuilder {
  private final Batch rows;

  public BatchBuilder(List<Physical> columns) {
    rows = new Batch(columns);
  }

  /// Rows that still fit.
  public int room() {
    return rows.capacity() - rows.selectedCount;
  }

  public int rowCount() {
    return rows.selectedCount;
  }

  /// Appends rows of `source`, as many as there is room for at the most.
  ///
  /// @param places rows of the source's vectors
  public void append(Batch source, int[] places, int from, int count) {
    int to = rows.selectedCount;
    for (int column = 0; column < rows.vectors.length; column++) {
      Vector in = source.vectors[column];
      Vector out = rows.vectors[column];
      switch (in) {
        case IntVector ints -> {
          int[] values = ((IntVector) out).values;
          for (int i = 0; i < count; i++) {
            values[to + i] = ints.values[places[from + i]];
          }
        }
        case LongVector longs -> {
          long[] values = ((LongVector) out).values;
          for (int i = 0; i < count; i++) {
            values[to + i] = longs.values[places[from + i]];
          }
        }
        case DoubleVector doubles -> {
          double[] values = ((DoubleVector) out).values;
          for (int i = 0; i < count; i++) {
            values[to + i] = doubles.values[places[from + i]];
          }
        }
        case Int128Vector wide -> {
          Int128Vector target = (Int128Vector) out;
          for (int i = 0; i < count; i++) {
            target.high[to + i] = wide.high[places[from + i]];
            target.low[to + i] = wide.low[places[from + i]];
          }
        }
        case BytesVector strings -> {
          BytesVector target = (BytesVector) out;
          for (int i = 0; i < count; i++) {
            int row = places[from + i];
            if (!strings.isNull(row)) {
              target.append(to + i, strings.page(row), strings.offset(row), strings.length(row));
            }
          }
        }
      }
      nulls(in, out, places, from, to, count);
    }
    rows.selectedCount = to + count;
  }

  private static void nulls(Vector in, Vector out, int[] places, int from, int to, int count) {
    if (!in.hasNulls) {
      return;
    }
    for (int i = 0; i < count; i++) {
      if (in.isNull(places[from + i])) {
        out.setNull(to + i);
      }
    }
  }

  /// The rows encoded; none are left.
  ///
  /// @param columns how many of the columns are wanted
  public byte[] take(int columns) {
    byte[] bytes = BatchCodec.encode(rows, columns);
    rows.reset();
    return bytes;
  }
}

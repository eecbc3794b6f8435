package io.redward.storage.namespace;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.table.TableShape;
import java.util.Arrays;

/// Rows on their way into a rowset, column by column, in arrays that grow up to a limit. One thread
/// at a time.
final class ColumnBuffers {
  private static final int FIRST_CAPACITY = 64;

  private final Vector[] vectors;
  private final int limit;
  private int rowCount;
  private int capacity;
  private long stringBytes;

  ColumnBuffers(TableShape shape, int limit) {
    this.limit = limit;
    capacity = Math.min(FIRST_CAPACITY, limit);
    vectors = new Vector[shape.columns().size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = Vector.of(shape.columns().get(i).type().physical(), capacity);
    }
  }

  Vector[] vectors() {
    return vectors;
  }

  int rowCount() {
    return rowCount;
  }

  /// Rows that still fit.
  int room() {
    return limit - rowCount;
  }

  /// Summed lengths of the strings held.
  long stringBytes() {
    return stringBytes;
  }

  /// Copies live rows `[from, from + count)` of `batch`; `count` is at most [#room()].
  void append(Batch batch, int from, int count) {
    if (rowCount + count > capacity) {
      grow(rowCount + count);
    }
    for (int column = 0; column < vectors.length; column++) {
      copy(batch, from, count, batch.vectors[column], vectors[column]);
    }
    rowCount += count;
  }

  void reset() {
    rowCount = 0;
    stringBytes = 0;
    for (Vector vector : vectors) {
      vector.reset();
    }
  }

  private void copy(Batch batch, int from, int count, Vector in, Vector out) {
    int to = rowCount;
    switch (out) {
      case IntVector ints -> gather(((IntVector) in).values, batch, from, ints.values, to, count);
      case LongVector longs ->
          gather(((LongVector) in).values, batch, from, longs.values, to, count);
      case DoubleVector doubles ->
          gather(((DoubleVector) in).values, batch, from, doubles.values, to, count);
      case Int128Vector wide -> {
        Int128Vector source = (Int128Vector) in;
        gather(source.high, batch, from, wide.high, to, count);
        gather(source.low, batch, from, wide.low, to, count);
      }
      case BytesVector bytes -> gather((BytesVector) in, batch, from, bytes, to, count);
    }
    if (in.hasNulls) {
      for (int i = 0; i < count; i++) {
        if (in.isNull(batch.row(from + i))) {
          out.setNull(to + i);
        }
      }
    }
  }

  private static void gather(int[] in, Batch batch, int from, int[] out, int to, int count) {
    if (batch.dense) {
      System.arraycopy(in, from, out, to, count);
      return;
    }
    int[] selection = batch.selection;
    for (int i = 0; i < count; i++) {
      out[to + i] = in[selection[from + i]];
    }
  }

  private static void gather(long[] in, Batch batch, int from, long[] out, int to, int count) {
    if (batch.dense) {
      System.arraycopy(in, from, out, to, count);
      return;
    }
    int[] selection = batch.selection;
    for (int i = 0; i < count; i++) {
      out[to + i] = in[selection[from + i]];
    }
  }

  private static void gather(double[] in, Batch batch, int from, double[] out, int to, int count) {
    if (batch.dense) {
      System.arraycopy(in, from, out, to, count);
      return;
    }
    int[] selection = batch.selection;
    for (int i = 0; i < count; i++) {
      out[to + i] = in[selection[from + i]];
    }
  }

  private void gather(BytesVector in, Batch batch, int from, BytesVector out, int to, int count) {
    for (int i = 0; i < count; i++) {
      int row = batch.row(from + i);
      long view = in.views[row];
      int length = in.isNull(row) ? 0 : BytesView.length(view);
      if (length == 0) {
        out.views[to + i] = 0;
      } else {
        out.append(to + i, in.pages[BytesView.page(view)], BytesView.offset(view), length);
        stringBytes += length;
      }
    }
  }

  private void grow(int wanted) {
    int larger = Math.min(limit, Math.max(wanted, capacity * 2));
    for (Vector vector : vectors) {
      int words = vector.validity.length;
      vector.validity = Arrays.copyOf(vector.validity, (larger + 63) >> 6);
      Arrays.fill(vector.validity, words, vector.validity.length, -1L);
      switch (vector) {
        case IntVector ints -> ints.values = Arrays.copyOf(ints.values, larger);
        case LongVector longs -> longs.values = Arrays.copyOf(longs.values, larger);
        case DoubleVector doubles -> doubles.values = Arrays.copyOf(doubles.values, larger);
        case Int128Vector wide -> {
          wide.high = Arrays.copyOf(wide.high, larger);
          wide.low = Arrays.copyOf(wide.low, larger);
        }
        case BytesVector bytes -> bytes.views = Arrays.copyOf(bytes.views, larger);
      }
    }
    capacity = larger;
  }
}

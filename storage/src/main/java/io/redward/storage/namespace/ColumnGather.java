package io.redward.storage.namespace;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.rowset.RowsetWriter;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableShape;

/// Writes buffered rows, or some of them, in another order, a block at a time.
final class ColumnGather {
  private ColumnGather() {}

  static void writeBlocks(
      ColumnBuffers buffers, SortOrder order, TableShape shape, RowsetWriter writer) {
    int rowCount = order.rows().length;
    int blockRows = Math.min(rowCount, RowsetSnapshot.BLOCK_ROWS);
    Vector[] block = new Vector[shape.columns().size()];
    for (int i = 0; i < block.length; i++) {
      block[i] = Vector.of(shape.columns().get(i).type().physical(), blockRows);
    }
    for (int from = 0; from < rowCount; from += blockRows) {
      int count = Math.min(blockRows, rowCount - from);
      for (int i = 0; i < block.length; i++) {
        gather(buffers.vectors()[i], order.rows(), from, count, block[i]);
      }
      writer.writeBlocks(block, count);
    }
  }

  private static void gather(Vector in, int[] rows, int from, int count, Vector out) {
    out.reset();
    switch (in) {
      case IntVector ints -> {
        int[] source = ints.values;
        int[] target = ((IntVector) out).values;
        for (int i = 0; i < count; i++) {
          target[i] = source[rows[from + i]];
        }
      }
      case LongVector longs -> gather(longs.values, rows, from, count, ((LongVector) out).values);
      case DoubleVector doubles -> {
        double[] source = doubles.values;
        double[] target = ((DoubleVector) out).values;
        for (int i = 0; i < count; i++) {
          target[i] = source[rows[from + i]];
        }
      }
      case Int128Vector wide -> {
        gather(wide.high, rows, from, count, ((Int128Vector) out).high);
        gather(wide.low, rows, from, count, ((Int128Vector) out).low);
      }
      case BytesVector bytes -> {
        BytesVector target = (BytesVector) out;
        gather(bytes.views, rows, from, count, target.views);
        target.pages = bytes.pages;
      }
    }
    if (in.hasNulls) {
      for (int i = 0; i < count; i++) {
        if (in.isNull(rows[from + i])) {
          out.setNull(i);
        }
      }
    }
  }

  private static void gather(long[] source, int[] rows, int from, int count, long[] target) {
    for (int i = 0; i < count; i++) {
      target[i] = source[rows[from + i]];
    }
  }
}

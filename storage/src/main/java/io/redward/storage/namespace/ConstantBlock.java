package io.redward.storage.namespace;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.table.Block;
import java.util.Arrays;

/// A block that nobody has written: every row has the one value of row 0 of `value`.
record ConstantBlock(int rowCount, Vector value) implements Block {
  @Override
  public boolean hasNulls() {
    return false;
  }

  @Override
  public void decode(int from, int count, Vector out) {
    out.reset();
    switch (value) {
      case IntVector v -> Arrays.fill(((IntVector) out).values, 0, count, v.values[0]);
      case LongVector v -> Arrays.fill(((LongVector) out).values, 0, count, v.values[0]);
      case DoubleVector v -> Arrays.fill(((DoubleVector) out).values, 0, count, v.values[0]);
      case Int128Vector v -> {
        Arrays.fill(((Int128Vector) out).high, 0, count, v.high[0]);
        Arrays.fill(((Int128Vector) out).low, 0, count, v.low[0]);
      }
      case BytesVector v -> {
        BytesVector target = (BytesVector) out;
        byte[] bytes = v.copy(0);
        target.pages = new byte[][] {bytes};
        Arrays.fill(target.views, 0, count, BytesView.of(0, 0, bytes.length));
      }
    }
  }

  @Override
  public void decodeSelected(int from, int[] selection, int selectedCount, Vector out) {
    if (selectedCount > 0) {
      decode(from, selection[selectedCount - 1] + 1, out);
    }
  }

  @Override
  public int dictionarySize() {
    return 1;
  }

  @Override
  public void decodeDictionary(Vector out) {
    decode(0, 1, out);
  }

  @Override
  public void decodeCodes(int from, int count, int[] codes) {
    Arrays.fill(codes, 0, count, 0);
  }

  @Override
  public long heldBytes() {
    return 0;
  }
}

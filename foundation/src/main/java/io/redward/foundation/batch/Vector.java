package io.redward.foundation.batch;

import io.redward.foundation.types.Physical;
import java.util.Arrays;

/// One column's values for the rows of a [Batch]. Arrays are public to generated code and kernels,
/// which read them as locals; everybody else goes through a batch's readers and writers.
///
/// Validity: `long[words]`, set bit = value present, low bit of word 0 = row 0. `hasNulls` false
/// means that every row is present and the words need not be looked at (nor be right).
public abstract sealed class Vector
    permits IntVector, LongVector, DoubleVector, Int128Vector, BytesVector {
  public boolean hasNulls;
  public long[] validity;

  Vector(int capacity) {
    validity = new long[(capacity + 63) >>> 6];
  }

  public static Vector of(Physical physical, int capacity) {
    return switch (physical) {
      case INT -> new IntVector(capacity);
      case LONG -> new LongVector(capacity);
      case DOUBLE -> new DoubleVector(capacity);
      case INT128 -> new Int128Vector(capacity);
      case BYTES -> new BytesVector(capacity);
    };
  }

  public abstract Physical physical();

  public abstract int capacity();

  public final boolean isNull(int row) {
    return hasNulls && (validity[row >> 6] >>> row & 1) == 0;
  }

  /// Marks `row` null, switching null tracking on. Rows marked before keep their state.
  public final void setNull(int row) {
    if (!hasNulls) {
      Arrays.fill(validity, -1L);
      hasNulls = true;
    }
    validity[row >> 6] &= ~(1L << row);
  }

  /// All rows present again.
  public void reset() {
    hasNulls = false;
  }
}

package io.redward.foundation.batch;

import io.redward.foundation.types.Physical;

/// A column of `long`s.
public final class LongVector extends Vector {
  public long[] values;

  public LongVector(int capacity) {
    super(capacity);
    values = new long[capacity];
  }

  @Override
  public Physical physical() {
    return Physical.LONG;
  }

  @Override
  public int capacity() {
    return values.length;
  }
}

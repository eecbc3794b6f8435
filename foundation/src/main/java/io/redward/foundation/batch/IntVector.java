package io.redward.foundation.batch;

import io.redward.foundation.types.Physical;

/// A column of `int`s.
public final class IntVector extends Vector {
  public int[] values;

  public IntVector(int capacity) {
    super(capacity);
    values = new int[capacity];
  }

  @Override
  public Physical physical() {
    return Physical.INT;
  }

  @Override
  public int capacity() {
    return values.length;
  }
}

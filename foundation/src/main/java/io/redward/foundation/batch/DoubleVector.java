package io.redward.foundation.batch;

import io.redward.foundation.types.Physical;

/// A column of `double`s.
public final class DoubleVector extends Vector {
  public double[] values;

  public DoubleVector(int capacity) {
    super(capacity);
    values = new double[capacity];
  }

  @Override
  public Physical physical() {
    return Physical.DOUBLE;
  }

  @Override
  public int capacity() {
    return values.length;
  }
}

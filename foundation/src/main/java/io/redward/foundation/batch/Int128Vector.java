package io.redward.foundation.batch;

import io.redward.foundation.types.Physical;

/// A column of 128-bit integers, upper and lower words in arrays of their own.
public final class Int128Vector extends Vector {
  public long[] high;
  public long[] low;

  public Int128Vector(int capacity) {
    super(capacity);
    high = new long[capacity];
    low = new long[capacity];
  }

  @Override
  public Physical physical() {
    return Physical.INT128;
  }

  @Override
  public int capacity() {
    return low.length;
  }
}

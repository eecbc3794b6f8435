package io.redward.load.parquet;

import io.redward.load.columnar.ValueBuffer;

/// Booleans as runs.
final class BooleanRunDecoder implements ValueDecoder {
  private final RunLengthReader runs;
  private final int[] values = new int[ValueBuffer.SIZE];

  BooleanRunDecoder(RunLengthReader runs) {
    this.runs = runs;
  }

  @Override
  public void decode(ValueBuffer out, int count) {
    runs.read(values, count);
    for (int i = 0; i < count; i++) {
      out.longs[i] = values[i] & 1;
    }
  }
}

package io.redward.load.parquet;

import io.redward.load.columnar.ValueBuffer;

/// Integers as differences.
final class DeltaDecoder implements ValueDecoder {
  private final DeltaReader deltas;
  private final boolean narrow;

  /// @param narrow whether values wrap around at 32 bits
  DeltaDecoder(DeltaReader deltas, boolean narrow) {
    this.deltas = deltas;
    this.narrow = narrow;
  }

  @Override
  public void decode(ValueBuffer out, int count) {
    deltas.read(out.longs, count);
    if (narrow) {
      for (int i = 0; i < count; i++) {
        out.longs[i] = (int) out.longs[i];
      }
    }
  }
}

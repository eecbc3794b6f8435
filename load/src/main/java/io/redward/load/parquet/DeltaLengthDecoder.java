package io.redward.load.parquet;

import io.redward.load.columnar.ValueBuffer;

/// Byte strings after their lengths, which are written as differences.
final class DeltaLengthDecoder implements ValueDecoder {
  private final DeltaReader lengths;
  private final ByteReader strings;
  private final long[] part = new long[ValueBuffer.SIZE];

  /// Takes all of `in`. Where the strings start is known only after reading the lengths, which is
  /// done twice, as there may be more of them than it would be wise to keep.
  DeltaLengthDecoder(ByteReader in) {
    lengths = new DeltaReader(new ByteReader(in.bytes, in.at, in.end));
    skipDeltas(in, part);
    strings = in;
  }

  /// Moves `in` behind a sequence of deltas.
  static void skipDeltas(ByteReader in, long[] scratch) {
    DeltaReader skipped = new DeltaReader(in);
    for (int left = skipped.total(); left > 0; left -= scratch.length) {
      skipped.read(scratch, Math.min(left, scratch.length));
    }
  }

  @Override
  public void decode(ValueBuffer out, int count) {
    lengths.read(part, count);
    out.bytes = strings.bytes;
    for (int i = 0; i < count; i++) {
      strings.require(part[i]);
      out.offsets[i] = strings.at;
      out.lengths[i] = (int) part[i];
      strings.at += (int) part[i];
    }
  }
}

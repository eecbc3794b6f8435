package io.redward.load.parquet;

import io.redward.load.columnar.MalformedFile;
import io.redward.load.columnar.ValueBuffer;
import java.util.Arrays;

/// Byte strings of which each shares a prefix with the one before.
final class DeltaStringDecoder implements ValueDecoder {
  /// More bytes than any sound part of a page expands to.
  private static final int MAX_BYTES = 1 << 28;

  private final DeltaReader prefixes;
  private final DeltaLengthDecoder suffixes;
  private final long[] part = new long[ValueBuffer.SIZE];
  private byte[] previous = new byte[0];

  DeltaStringDecoder(ByteReader in) {
    prefixes = new DeltaReader(new ByteReader(in.bytes, in.at, in.end));
    DeltaLengthDecoder.skipDeltas(in, part);
    suffixes = new DeltaLengthDecoder(in);
  }

  @Override
  public void decode(ValueBuffer out, int count) {
    prefixes.read(part, count);
    suffixes.decode(out, count);
    byte[] source = out.bytes;
    byte[] joined = Arrays.copyOf(previous, Math.max(1 << 16, previous.length));
    int before = 0;
    int beforeLength = previous.length;
    int used = previous.length;
    for (int i = 0; i < count; i++) {
      int suffix = out.lengths[i];
      if (part[i] < 0 || part[i] > beforeLength) {
        throw new MalformedFile("a prefix is longer than the string before");
      }
      int prefix = (int) part[i];
      long end = (long) used + prefix + suffix;
      if (end > MAX_BYTES) {
        throw new MalformedFile("the strings of a page are too long");
      }
      if (end > joined.length) {
        joined = Arrays.copyOf(joined, (int) Math.max(end, Math.min(MAX_BYTES, used * 2L)));
      }
      System.arraycopy(joined, before, joined, used, prefix);
      System.arraycopy(source, out.offsets[i], joined, used + prefix, suffix);
      out.offsets[i] = used;
      out.lengths[i] = prefix + suffix;
      before = used;
      beforeLength = prefix + suffix;
      used = (int) end;
    }
    previous = Arrays.copyOfRange(joined, before, before + beforeLength);
    out.bytes = joined;
  }
}

package io.redward.storage.block;

import io.redward.foundation.types.Int128;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.table.ValueBounds;
import java.util.Optional;

/// Bounds as bytes: a `byte` for the kind (0 none, 1 longs, 2 doubles, 3 128-bit integers, 4
/// strings), then the least and the largest value; strings as blobs.
public final class BoundsFormat {
  private BoundsFormat() {}

  public static void write(ByteWriter out, Optional<ValueBounds> bounds) {
    if (bounds.isEmpty()) {
      out.writeByte(0);
      return;
    }
    switch (bounds.get()) {
      case ValueBounds.Longs(long min, long max) -> {
        out.writeByte(1);
        out.writeLong(min);
        out.writeLong(max);
      }
      case ValueBounds.Doubles(double min, double max) -> {
        out.writeByte(2);
        out.writeLong(Double.doubleToRawLongBits(min));
        out.writeLong(Double.doubleToRawLongBits(max));
      }
      case ValueBounds.Int128s(Int128 min, Int128 max) -> {
        out.writeByte(3);
        out.writeLong(min.high());
        out.writeLong(min.low());
        out.writeLong(max.high());
        out.writeLong(max.low());
      }
      case ValueBounds.Bytes(byte[] min, byte[] max) -> {
        out.writeByte(4);
        out.writeBlob(min);
        out.writeBlob(max);
      }
    }
  }

  public static Optional<ValueBounds> read(ByteReader in) {
    int kind = in.readByte();
    return switch (kind) {
      case 0 -> Optional.empty();
      case 1 -> Optional.of(new ValueBounds.Longs(in.readLong(), in.readLong()));
      case 2 ->
          Optional.of(
              new ValueBounds.Doubles(
                  Double.longBitsToDouble(in.readLong()), Double.longBitsToDouble(in.readLong())));
      case 3 ->
          Optional.of(
              new ValueBounds.Int128s(
                  new Int128(in.readLong(), in.readLong()),
                  new Int128(in.readLong(), in.readLong())));
      case 4 -> Optional.of(new ValueBounds.Bytes(in.readBlob(), in.readBlob()));
      default -> throw new MalformedBytesException("unknown kind of bounds " + kind);
    };
  }
}

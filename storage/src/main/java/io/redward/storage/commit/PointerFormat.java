package io.redward.storage.commit;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;

/// What points to checkpoints, as bytes, little-endian: `int` magic `RWPT`, `byte` version 1,
/// `long` position of a checkpoint, `long` position of the one before or 0, CRC-32C of all before.
final class PointerFormat {
  private static final int MAGIC = 0x5450_5752;
  private static final int VERSION = 1;

  private PointerFormat() {}

  /// @param checkpoint position of a checkpoint
  /// @param previous position of the one before it, 0 if there is none
  record Pointer(long checkpoint, long previous) {}

  static byte[] write(Pointer pointer) {
    ByteWriter out = new ByteWriter(32);
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeLong(pointer.checkpoint());
    out.writeLong(pointer.previous());
    out.writeInt(Checksum.of(out.array(), 0, out.size()));
    return out.toByteArray();
  }

  static Pointer read(byte[] bytes) {
    ByteReader in = CommitFormat.body(bytes, MAGIC, VERSION, "pointer").in();
    Pointer pointer = new Pointer(in.readLong(), in.readLong());
    in.expectEnd();
    return pointer;
  }
}

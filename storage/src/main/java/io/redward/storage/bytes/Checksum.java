package io.redward.storage.bytes;

import java.util.zip.CRC32C;

/// CRC-32C, which processors compute at memory speed. It finds every single flipped byte and every
/// burst of up to 32 bits.
public final class Checksum {
  private Checksum() {}

  public static int of(byte[] bytes, int offset, int length) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, offset, length);
    return (int) crc.getValue();
  }

  /// Of all bytes but the four at `hole`, where the checksum itself stands.
  public static int aroundHole(byte[] bytes, int hole) {
    CRC32C crc = new CRC32C();
    crc.update(bytes, 0, hole);
    crc.update(bytes, hole + 4, bytes.length - hole - 4);
    return (int) crc.getValue();
  }
}

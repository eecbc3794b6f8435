package io.redward.storage.cache;

import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.ByteWriter;
import io.redward.storage.bytes.Checksum;
import io.redward.storage.bytes.MalformedBytesException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;

/// A cached range as a file, little-endian:
///
/// | bytes | |
/// |---|---|
/// | 4 | magic `RWCB` |
/// | 1 | version, 1 |
/// | 4 | CRC-32C of the other bytes |
/// | 8 | offset in the object |
/// | 4 | length of the range |
/// | 4 + n | the object's name |
/// | | the range |
///
/// It stands at `<object>/<offset>-<length>.blk`, so that a directory can be taken over without
/// reading its files.
final class RangeFile {
  private static final int MAGIC = 0x4243_5752;
  private static final int VERSION = 1;
  private static final int CHECKSUM_OFFSET = 5;
  private static final String SUFFIX = ".blk";

  private RangeFile() {}

  static byte[] write(BlockRange range, byte[] bytes) {
    ByteWriter out = new ByteWriter(64 + range.object().length() + bytes.length);
    out.writeInt(MAGIC);
    out.writeByte(VERSION);
    out.writeInt(0);
    out.writeLong(range.offset());
    out.writeInt(range.length());
    out.writeBlob(range.object().getBytes(StandardCharsets.UTF_8));
    out.writeBytes(bytes, 0, bytes.length);
    byte[] whole = out.toByteArray();
    out.setInt(CHECKSUM_OFFSET, Checksum.aroundHole(whole, CHECKSUM_OFFSET));
    return out.toByteArray();
  }

  /// The range.
  ///
  /// @throws MalformedBytesException if the file does not hold it as written
  static byte[] read(BlockRange range, byte[] file) {
    ByteReader in = new ByteReader(file);
    if (in.readInt() != MAGIC || in.readByte() != VERSION) {
      throw new MalformedBytesException("not a cached block");
    }
    if (in.readInt() != Checksum.aroundHole(file, CHECKSUM_OFFSET)) {
      throw new MalformedBytesException("checksum mismatch");
    }
    if (in.readLong() != range.offset()
        || in.readInt() != range.length()
        || !in.readText().equals(range.object())) {
      throw new MalformedBytesException("another block");
    }
    byte[] bytes = in.readBytes(range.length());
    in.expectEnd();
    return bytes;
  }

  static Path path(Path root, BlockRange range) {
    return root.resolve(range.object()).resolve(range.offset() + "-" + range.length() + SUFFIX);
  }

  /// The range that a file below `root` is named for; empty if it is none of the tier's.
  static Optional<BlockRange> rangeOf(Path root, Path file) {
    String name = root.relativize(file).toString().replace('\\', '/');
    int slash = name.lastIndexOf('/');
    int dash = name.lastIndexOf('-');
    if (!name.endsWith(SUFFIX) || slash <= 0 || dash < slash) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new BlockRange(
              name.substring(0, slash),
              Long.parseLong(name.substring(slash + 1, dash)),
              Integer.parseInt(name.substring(dash + 1, name.length() - SUFFIX.length()))));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }
}

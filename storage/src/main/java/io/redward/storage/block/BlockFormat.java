package io.redward.storage.block;

/// A block as bytes, little-endian:
///
/// | offset | bytes | |
/// |---|---|---|
/// | 0 | 4 | magic `RWBK` |
/// | 4 | 1 | version, 1 |
/// | 5 | 1 | physical form ([io.redward.foundation.types.Physical]'s ordinal) |
/// | 6 | 1 | encoding ([io.redward.storage.block.encoding.Encoding]'s ordinal) |
/// | 7 | 1 | codec over the body ([io.redward.storage.block.encoding.Codec]'s ordinal) |
/// | 8 | 4 | rows |
/// | 12 | 4 | nulls |
/// | 16 | 4 | bytes of the body as stored |
/// | 20 | 4 | bytes of the body without the codec |
/// | 24 | 4 | bytes of the bounds |
/// | 28 | 4 | CRC-32C of all bytes but these four |
/// | 32 | | bounds ([BoundsFormat]) |
/// | | | validity words, set bit = present, if some but not all rows are null |
/// | | | body |
final class BlockFormat {
  static final int MAGIC = 0x4B42_5752;
  static final int VERSION = 1;
  static final int CHECKSUM_OFFSET = 28;
  static final int HEADER_BYTES = 32;

  private BlockFormat() {}
}

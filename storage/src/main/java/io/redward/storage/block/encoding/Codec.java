package io.redward.storage.block.encoding;

import io.airlift.compress.v3.Compressor;
import io.airlift.compress.v3.MalformedInputException;
import io.airlift.compress.v3.lz4.Lz4Compressor;
import io.airlift.compress.v3.lz4.Lz4Decompressor;
import io.airlift.compress.v3.zstd.ZstdCompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import io.redward.storage.bytes.MalformedBytesException;
import java.util.Arrays;

/// General compression over an encoded body. Undone when a block enters the cache, so queries on
/// cached blocks never pay for it.
public enum Codec {
  NONE,
  ZSTD,
  LZ4;

  /// Two thirds of the time of the level below, for a sixteenth more bytes of text.
  public static final int QUICK = 1;

  /// What who asks for Zstandard by name gets.
  public static final int THOROUGH = 3;

  public static Codec of(int id) {
    Codec[] all = values();
    if (id >= all.length) {
      throw new MalformedBytesException("unknown codec " + id);
    }
    return all[id];
  }

  public byte[] compress(byte[] bytes, int length) {
    return compress(bytes, length, QUICK);
  }

  /// @param level of Zstandard
  public byte[] compress(byte[] bytes, int length, int level) {
    if (this == NONE) {
      return Arrays.copyOf(bytes, length);
    }
    Compressor compressor = this == ZSTD ? ZstdCompressor.create(level) : Lz4Compressor.create();
    byte[] out = new byte[compressor.maxCompressedLength(length)];
    int written = compressor.compress(bytes, 0, length, out, 0, out.length);
    return Arrays.copyOf(out, written);
  }

  public byte[] decompress(byte[] bytes, int offset, int length, int expandedLength) {
    if (expandedLength < 0) {
      throw new MalformedBytesException("a length is negative");
    }
    byte[] out = new byte[expandedLength];
    int written;
    try {
      written =
          switch (this) {
            case NONE -> copy(bytes, offset, length, out);
            case ZSTD ->
                ZstdDecompressor.create().decompress(bytes, offset, length, out, 0, out.length);
            case LZ4 ->
                Lz4Decompressor.create().decompress(bytes, offset, length, out, 0, out.length);
          };
    } catch (MalformedInputException | IllegalArgumentException e) {
      throw new MalformedBytesException("cannot be decompressed: " + e.getMessage());
    }
    if (written != expandedLength) {
      throw new MalformedBytesException("expands to " + written + " bytes, not " + expandedLength);
    }
    return out;
  }

  private static int copy(byte[] bytes, int offset, int length, byte[] out) {
    System.arraycopy(bytes, offset, out, 0, Math.min(length, out.length));
    return length;
  }
}

package io.redward.load.parquet;

import io.airlift.compress.v3.lz4.Lz4Decompressor;
import io.airlift.compress.v3.snappy.SnappyDecompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import io.redward.load.columnar.MalformedFile;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.zip.GZIPInputStream;
import org.apache.parquet.format.CompressionCodec;

/// Unpacks pages.
final class PageCodec {
  private static final int MAX_PAGE_BYTES = 1 << 30;

  private PageCodec() {}

  /// Unpacks the bytes of `packed` from `from` on to exactly `size` bytes.
  static byte[] unpack(CompressionCodec codec, byte[] packed, int from, int size) {
    int length = packed.length - from;
    // More than a codec can make of so few bytes is a lie, which must not be allocated for.
    if (size < 0 || size > MAX_PAGE_BYTES || size > (length + 64L) * expansion(codec)) {
      throw new MalformedFile("a page of " + length + " bytes unpacks to " + size);
    }
    byte[] out = new byte[size];
    int done =
        switch (codec) {
          case UNCOMPRESSED -> copy(packed, from, out);
          case SNAPPY -> SnappyDecompressor.create().decompress(packed, from, length, out, 0, size);
          case ZSTD -> ZstdDecompressor.create().decompress(packed, from, length, out, 0, size);
          case LZ4_RAW -> Lz4Decompressor.create().decompress(packed, from, length, out, 0, size);
          case GZIP -> gunzip(packed, from, out);
          case LZO, BROTLI, LZ4 -> throw unsupported(codec);
        };
    if (done != size) {
      throw new MalformedFile("a page unpacks to " + done + " bytes instead of " + size);
    }
    return out;
  }

  /// Whether pages packed so can be read.
  static boolean isSupported(CompressionCodec codec) {
    return switch (codec) {
      case UNCOMPRESSED, SNAPPY, ZSTD, LZ4_RAW, GZIP -> true;
      case LZO, BROTLI, LZ4 -> false;
    };
  }

  private static int copy(byte[] packed, int from, byte[] out) {
    int length = Math.min(packed.length - from, out.length);
    System.arraycopy(packed, from, out, 0, length);
    return packed.length - from;
  }

  private static int gunzip(byte[] packed, int from, byte[] out) {
    try (InputStream in =
        new GZIPInputStream(new ByteArrayInputStream(packed, from, packed.length - from))) {
      return in.readNBytes(out, 0, out.length);
    } catch (IOException e) {
      throw new MalformedFile("a page's GZIP stream: " + e.getMessage());
    }
  }

  private static MalformedFile unsupported(CompressionCodec codec) {
    return new MalformedFile("compression " + codec);
  }

  private static long expansion(CompressionCodec codec) {
    return switch (codec) {
      case UNCOMPRESSED -> 1;
      case SNAPPY -> 64;
      case LZ4_RAW, LZ4 -> 256;
      case GZIP, LZO, BROTLI -> 1_100;
      case ZSTD -> 1 << 16;
    };
  }
}

package io.redward.load.orc;

import io.airlift.compress.v3.Decompressor;
import io.airlift.compress.v3.lz4.Lz4Decompressor;
import io.airlift.compress.v3.lzo.LzoDecompressor;
import io.airlift.compress.v3.snappy.SnappyDecompressor;
import io.airlift.compress.v3.zstd.ZstdDecompressor;
import io.redward.load.columnar.MalformedFile;
import java.io.ByteArrayOutputStream;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/// Unpacks streams, which are packed in chunks.
///
/// @param kind the footer's number of the compression
/// @param block the most bytes that a chunk unpacks to
record OrcCodec(int kind, int block) {
  private static final int NONE = 0;
  private static final int ZLIB = 1;
  private static final int SNAPPY = 2;
  private static final int LZO = 3;
  private static final int LZ4 = 4;
  private static final int ZSTD = 5;
  private static final int HEADER = 3;
  private static final int MAX_BLOCK = 1 << 23;

  OrcCodec {
    if (kind < NONE || kind > ZSTD || kind != NONE && (block <= 0 || block > MAX_BLOCK)) {
      throw new MalformedFile("compression " + kind + " in chunks of " + block);
    }
  }

  byte[] unpack(byte[] packed, int from, int length) {
    ByteArrayOutputStream out = new ByteArrayOutputStream(length * 2);
    if (kind == NONE) {
      out.write(packed, from, length);
      return out.toByteArray();
    }
    byte[] buffer = new byte[block];
    int at = from;
    int end = from + length;
    while (at + HEADER <= end) {
      int head = packed[at] & 0xFF | (packed[at + 1] & 0xFF) << 8 | (packed[at + 2] & 0xFF) << 16;
      int size = head >>> 1;
      at += HEADER;
      if (size > end - at) {
        throw new MalformedFile("a chunk is cut off");
      }
      if ((head & 1) != 0) {
        out.write(packed, at, size);
      } else {
        out.write(buffer, 0, unpack(packed, at, size, buffer));
      }
      at += size;
    }
    return out.toByteArray();
  }

  private int unpack(byte[] packed, int from, int size, byte[] out) {
    if (kind == ZLIB) {
      return inflate(packed, from, size, out);
    }
    Decompressor decompressor =
        switch (kind) {
          case SNAPPY -> SnappyDecompressor.create();
          case LZO -> new LzoDecompressor();
          case LZ4 -> Lz4Decompressor.create();
          default -> ZstdDecompressor.create();
        };
    return decompressor.decompress(packed, from, size, out, 0, out.length);
  }

  private static int inflate(byte[] packed, int from, int size, byte[] out) {
    Inflater inflater = new Inflater(true);
    try {
      inflater.setInput(packed, from, size);
      int done = 0;
      while (!inflater.finished() && done < out.length) {
        int step = inflater.inflate(out, done, out.length - done);
        if (step == 0 && (inflater.needsInput() || inflater.needsDictionary())) {
          throw new MalformedFile("a chunk cannot be inflated");
        }
        done += step;
      }
      return done;
    } catch (DataFormatException e) {
      throw new MalformedFile("a chunk cannot be inflated: " + e.getMessage());
    } finally {
      inflater.end();
    }
  }
}

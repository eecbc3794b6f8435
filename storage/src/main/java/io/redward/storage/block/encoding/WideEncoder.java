package io.redward.storage.block.encoding;

import io.redward.storage.bytes.ByteWriter;

/// Encodes 128-bit integers: as 8-byte integers if all fit, else as they are.
final class WideEncoder {
  private WideEncoder() {}

  static EncodedBody encode(long[] high, long[] low, int rowCount, EncodingChoice choice) {
    boolean constant = true;
    boolean narrow = true;
    for (int i = 0; i < rowCount; i++) {
      constant &= high[i] == high[0] && low[i] == low[0];
      narrow &= high[i] == low[i] >> 63;
    }
    if (constant) {
      ByteWriter out = new ByteWriter(16);
      out.writeLongs(high, rowCount == 0 ? 0 : 1);
      out.writeLongs(low, rowCount == 0 ? 0 : 1);
      return new EncodedBody(Encoding.CONSTANT, Codec.NONE, out);
    }
    if (narrow && choice != EncodingChoice.RAW) {
      EncodedBody body = new IntegerEncoder(low, rowCount, true).encode(choice);
      ByteWriter out = new ByteWriter(body.bytes().size() + 1);
      out.writeByte(body.encoding().ordinal());
      out.writeBytes(body.bytes().array(), 0, body.bytes().size());
      return new EncodedBody(Encoding.NARROWED, body.codec(), out);
    }
    ByteWriter out = new ByteWriter(rowCount * 16);
    out.writeLongs(high, rowCount);
    out.writeLongs(low, rowCount);
    Codec codec =
        switch (choice) {
          case RAW, DELTA8, DELTA16, MOSTLY8, MOSTLY16, MOSTLY32 -> Codec.NONE;
          case LZ4 -> Codec.LZ4;
          default -> Codec.ZSTD;
        };
    return new EncodedBody(Encoding.RAW, codec, out);
  }
}

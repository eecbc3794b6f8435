package io.redward.storage.block;

import io.redward.foundation.types.Physical;
import io.redward.storage.block.encoding.Body;
import io.redward.storage.block.encoding.BodyReader;
import io.redward.storage.block.encoding.Codec;
import io.redward.storage.block.encoding.Encoding;
import io.redward.storage.bytes.ByteReader;
import io.redward.storage.bytes.Checksum;
import io.redward.storage.bytes.MalformedBytesException;
import io.redward.storage.bytes.UnknownVersionException;
import io.redward.storage.table.Block;
import io.redward.storage.table.RowsetSnapshot;

/// Opens the bytes of a block: checks them, undoes the codec, and lays the values out for decoding.
public final class BlockReader {
  private BlockReader() {}

  /// @throws MalformedBytesException if the bytes are not those that were written
  public static Block read(byte[] bytes, Physical physical) {
    if (bytes.length < BlockFormat.HEADER_BYTES) {
      throw new MalformedBytesException("the bytes end early");
    }
    ByteReader in = new ByteReader(bytes);
    int magic = in.readInt();
    int version = in.readByte();
    if (magic != BlockFormat.MAGIC) {
      throw new MalformedBytesException("not a block");
    }
    int form = in.readByte();
    int encoding = in.readByte();
    int codec = in.readByte();
    int rowCount = in.readInt();
    int nullCount = in.readInt();
    int storedBytes = in.readInt();
    int bodyBytes = in.readInt();
    int boundsBytes = in.readInt();
    if (in.readInt() != Checksum.aroundHole(bytes, BlockFormat.CHECKSUM_OFFSET)) {
      throw new MalformedBytesException("checksum mismatch");
    }
    if (version != BlockFormat.VERSION) {
      throw new UnknownVersionException("block", version);
    }
    if (form != physical.ordinal()
        || rowCount <= 0
        || rowCount > RowsetSnapshot.BLOCK_ROWS
        || nullCount < 0
        || nullCount > rowCount) {
      throw new MalformedBytesException("the header does not fit the column");
    }
    in.skip(boundsBytes);
    int words = rowCount + 63 >> 6;
    long[] validity = new long[0];
    if (nullCount == rowCount) {
      validity = new long[words];
    } else if (nullCount > 0) {
      validity = in.readLongs(words);
    }
    int start = in.skip(storedBytes);
    in.expectEnd();
    return new StoredBlock(
        rowCount,
        validity,
        body(bytes, start, storedBytes, bodyBytes, codec, encoding, physical, rowCount));
  }

  private static Body body(
      byte[] bytes,
      int start,
      int storedBytes,
      int bodyBytes,
      int codecId,
      int encodingId,
      Physical physical,
      int rowCount) {
    Codec codec = Codec.of(codecId);
    ByteReader in =
        codec == Codec.NONE
            ? new ByteReader(bytes, start, storedBytes)
            : new ByteReader(codec.decompress(bytes, start, storedBytes, bodyBytes));
    return BodyReader.read(Encoding.of(encodingId), physical, rowCount, in);
  }
}

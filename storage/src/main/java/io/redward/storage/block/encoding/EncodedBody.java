package io.redward.storage.block.encoding;

import io.redward.storage.bytes.ByteWriter;

/// A body's bytes and how they are laid out.
///
/// @param codec to be tried on the bytes, and kept if it saves enough
/// @param distinctRows rows that hold each value once, if the encoder has come to know them; else
///     empty
public record EncodedBody(Encoding encoding, Codec codec, ByteWriter bytes, int[] distinctRows) {
  private static final int[] UNKNOWN = new int[0];

  EncodedBody(Encoding encoding, Codec codec, ByteWriter bytes) {
    this(encoding, codec, bytes, UNKNOWN);
  }
}

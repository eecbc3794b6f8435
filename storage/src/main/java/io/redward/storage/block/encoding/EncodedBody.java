package io.redward.storage.block.encoding;

import io.redward.storage.bytes.ByteWriter;

/// A body's bytes and how they are laid out.
///
/// @param codec to be tried on the bytes, and kept if it saves enough
public record EncodedBody(Encoding encoding, Codec codec, ByteWriter bytes) {}

package io.redward.load.source;

import java.nio.file.Path;

/// A stretch of one file that begins and ends at record boundaries. The worker that takes it owns
/// the bytes and may change them in place.
///
/// @param fileOffset unpacked bytes of the file before the chunk
/// @param length bytes of `bytes` that count
public record Chunk(Path file, long fileOffset, byte[] bytes, int length) {}

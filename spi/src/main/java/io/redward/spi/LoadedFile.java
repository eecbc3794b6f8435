package io.redward.spi;

import java.time.Instant;

/// A file that a load has read.
///
/// @param name its URL, or its path on the machine
/// @param bytes as it is, before decompression
/// @param rows loaded from it
/// @param errors bad rows of it
/// @param start when its reading, or its transfer from a bucket, began
/// @param end when that ended
/// @param modified when it was last written
public record LoadedFile(
    String name,
    long bytes,
    long rows,
    long errors,
    Instant start,
    Instant end,
    Instant modified) {}

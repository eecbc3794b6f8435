package io.redward.spi;

/// A file that a load has read.
///
/// @param name as users call it
/// @param rows loaded from it
/// @param bytes of the file, before decompression
public record LoadedFile(String name, long rows, long bytes) {}

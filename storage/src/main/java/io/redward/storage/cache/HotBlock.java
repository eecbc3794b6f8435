package io.redward.storage.cache;

/// A block and how much it is used.
public record HotBlock(BlockKey key, int heat) {}

package io.redward.storage.cache;

/// A range of an object and how much it is used.
public record HotRange(BlockRange range, int heat) {}

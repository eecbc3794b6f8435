package io.redward.storage.cache;

/// A range of an object, as it is read at one time.
public record BlockRange(String object, long offset, int length) {}

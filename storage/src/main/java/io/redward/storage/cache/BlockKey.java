package io.redward.storage.cache;

/// A block's place. Rowset ids are unique in a namespace and never used again, so a key always
/// means the same block.
public record BlockKey(int rowsetId, int columnId, int block) {}

package io.redward.storage.table;

/// Rows `[from, to)` of a block; none if `from` is not below `to`.
public record RowSpan(int from, int to) {}

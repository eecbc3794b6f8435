package io.redward.storage.table;

/// Rows `[from, to)` of a block, or blocks of a rowset; none if `from` is not below `to`.
public record RowSpan(int from, int to) {}

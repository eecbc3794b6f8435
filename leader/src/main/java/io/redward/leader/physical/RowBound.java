package io.redward.leader.physical;

/// The claim that a stored table has at most so many rows.
public record RowBound(long tableId, long maxRows) {}

package io.redward.storage.table;

import java.util.Optional;

/// What is known of a column's values without reading them.
///
/// @param rowCount rows counted, nulls included
/// @param distinctCount estimate from mergeable sketches
/// @param averageBytes mean value width
/// @param bounds exact smallest and largest present value; empty if all are NULL
public record ColumnStatistics(
    long rowCount,
    long nullCount,
    double distinctCount,
    double averageBytes,
    Optional<ValueBounds> bounds) {}

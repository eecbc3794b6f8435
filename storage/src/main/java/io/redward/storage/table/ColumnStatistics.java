package io.redward.storage.table;

import java.util.Optional;

/// What is known of a column's values without reading them.
///
/// @param rowCount rows counted, nulls included
/// @param distinctCount estimate from mergeable sketches
/// @param averageBytes mean value width
/// @param bounds exact smallest and largest present value; empty if all are NULL
/// @param distribution by a sample; empty while there is none
public record ColumnStatistics(
    long rowCount,
    long nullCount,
    double distinctCount,
    double averageBytes,
    Optional<ValueBounds> bounds,
    Optional<Distribution> distribution) {
  /// Without a distribution.
  public ColumnStatistics(
      long rowCount,
      long nullCount,
      double distinctCount,
      double averageBytes,
      Optional<ValueBounds> bounds) {
    this(rowCount, nullCount, distinctCount, averageBytes, bounds, Optional.empty());
  }
}

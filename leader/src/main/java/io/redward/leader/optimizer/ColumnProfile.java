package io.redward.leader.optimizer;

import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.Distribution;
import io.redward.storage.table.ValueBounds;
import java.util.Optional;

/// What is estimated of the values of a column of some operator's rows.
///
/// @param distinct different present values
/// @param nullFraction of the rows, 0 to 1
/// @param bounds of the stored column that the values come from, if they do
/// @param distribution of the stored column's values
/// @param tableRows rows of the stored table that the values come from; the operator's rows if none
/// @param origin the operator that first yielded the values, by identity
record ColumnProfile(
    double distinct,
    double nullFraction,
    Optional<ValueBounds> bounds,
    Optional<Distribution> distribution,
    double tableRows,
    Object origin) {
  /// Of a stored column that nobody has counted.
  private static final double UNKNOWN_DISTINCT_FRACTION = 0.1;

  static ColumnProfile of(ColumnStatistics statistics, double tableRows, Object origin) {
    double rows = Math.max(1, statistics.rowCount());
    return new ColumnProfile(
        Math.clamp(statistics.distinctCount(), 1, Math.max(1, tableRows)),
        Math.clamp(statistics.nullCount() / rows, 0, 1),
        statistics.bounds(),
        statistics.distribution(),
        tableRows,
        origin);
  }

  static ColumnProfile unknown(double tableRows, Object origin) {
    return new ColumnProfile(
        Math.max(1, tableRows * UNKNOWN_DISTINCT_FRACTION),
        0,
        Optional.empty(),
        Optional.empty(),
        tableRows,
        origin);
  }

  static ColumnProfile computed(double distinct, double rows, Object origin) {
    return new ColumnProfile(
        Math.clamp(distinct, 1, Math.max(1, rows)),
        0,
        Optional.empty(),
        Optional.empty(),
        rows,
        origin);
  }

  /// After only `kept` of `rows` rows are left: a value is gone once all its rows are.
  ColumnProfile sampled(double rows, double kept) {
    if (rows <= 0 || kept >= rows || distinct <= 1) {
      return this;
    }
    double rowsPerValue = rows / distinct;
    double survives = 1 - Math.pow(1 - Math.min(1, kept / rows), Math.max(1, rowsPerValue));
    return withDistinct(Math.max(1, distinct * survives));
  }

  ColumnProfile withDistinct(double distinct) {
    return new ColumnProfile(distinct, nullFraction, bounds, distribution, tableRows, origin);
  }

  ColumnProfile withoutNulls() {
    return new ColumnProfile(distinct, 0, bounds, distribution, tableRows, origin);
  }
}

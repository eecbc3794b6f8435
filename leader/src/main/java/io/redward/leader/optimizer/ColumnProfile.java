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
/// @param stored different values of the stored column that the values come from, 0 if there is
///     none
/// @param tableRows rows of the stored table that the values come from; the operator's rows if none
/// @param origin the operator that first yielded the values, by identity
record ColumnProfile(
    double distinct,
    double nullFraction,
    Optional<ValueBounds> bounds,
    Optional<Distribution> distribution,
    double stored,
    double tableRows,
    Object origin) {
  /// Of a stored column that nobody has counted.
  private static final double UNKNOWN_DISTINCT_FRACTION = 0.1;

  /// Sketches of keys count a little less than there are.
  private static final double KEY_FRACTION = 0.95;

  static ColumnProfile of(ColumnStatistics statistics, double tableRows, Object origin) {
    double rows = Math.max(1, statistics.rowCount());
    return new ColumnProfile(
        Math.clamp(statistics.distinctCount(), 1, Math.max(1, tableRows)),
        Math.clamp(statistics.nullCount() / rows, 0, 1),
        statistics.bounds(),
        statistics.distribution(),
        Math.clamp(statistics.distinctCount(), 1, Math.max(1, tableRows)),
        tableRows,
        origin);
  }

  static ColumnProfile unknown(double tableRows, Object origin) {
    return new ColumnProfile(
        Math.max(1, tableRows * UNKNOWN_DISTINCT_FRACTION),
        0,
        Optional.empty(),
        Optional.empty(),
        0,
        tableRows,
        origin);
  }

  static ColumnProfile computed(double distinct, double rows, Object origin) {
    return new ColumnProfile(
        Math.clamp(distinct, 1, Math.max(1, rows)),
        0,
        Optional.empty(),
        Optional.empty(),
        0,
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

  /// How many of this stored key's values lie between the bounds of a column that refers to it and
  /// has all its values still; 0 if this is no key, or is one without numbers.
  double keysWithin(ColumnProfile reference) {
    if (stored > KEY_FRACTION * tableRows
        && reference.distinct > KEY_FRACTION * reference.stored
        && bounds.isPresent()
        && reference.bounds.isPresent()
        && bounds.get() instanceof ValueBounds.Longs(long min, long max)
        && reference.bounds.get() instanceof ValueBounds.Longs(long least, long most)) {
      double common = (double) Math.min(max, most) - Math.max(min, least) + 1;
      return tableRows * Math.clamp(common / ((double) max - min + 1), 0, 1);
    }
    return 0;
  }

  ColumnProfile withDistinct(double distinct) {
    return new ColumnProfile(
        distinct, nullFraction, bounds, distribution, stored, tableRows, origin);
  }

  ColumnProfile withoutNulls() {
    return new ColumnProfile(distinct, 0, bounds, distribution, stored, tableRows, origin);
  }
}

package io.redward.storage.table;

import io.redward.foundation.types.Int128;

/// The smallest and largest value of a block or column, by physical form. Of zone maps and
/// statistics.
public sealed interface ValueBounds {
  /// INT and LONG columns.
  record Longs(long min, long max) implements ValueBounds {}

  /// DOUBLE columns; NaN counts as the largest value.
  record Doubles(double min, double max) implements ValueBounds {}

  record Int128s(Int128 min, Int128 max) implements ValueBounds {}

  /// BYTES columns: prefixes of at most 16 bytes, trailing blanks cut; `max` is a bound that no
  /// value exceeds (rounded up if it was cut). Unsigned bytewise order.
  record Bytes(byte[] min, byte[] max) implements ValueBounds {}
}

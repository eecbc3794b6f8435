package io.redward.storage.table;

import io.redward.foundation.types.Int128;
import java.util.Arrays;

/// The smallest and largest value of a block or column, by physical form. Of zone maps and
/// statistics.
public sealed interface ValueBounds {
  /// Whether no value can be within both; false where they are of different forms.
  default boolean apartFrom(ValueBounds other) {
    if (this instanceof Longs a && other instanceof Longs b) {
      return a.max < b.min || b.max < a.min;
    }
    if (this instanceof Doubles a && other instanceof Doubles b) {
      return a.max < b.min || b.max < a.min;
    }
    if (this instanceof Int128s a && other instanceof Int128s b) {
      return a.max.compareTo(b.min) < 0 || b.max.compareTo(a.min) < 0;
    }
    return this instanceof Bytes a
        && other instanceof Bytes b
        && (Arrays.compareUnsigned(a.max, b.min) < 0 || Arrays.compareUnsigned(b.max, a.min) < 0);
  }

  /// INT and LONG columns.
  record Longs(long min, long max) implements ValueBounds {}

  /// DOUBLE columns; NaN counts as the largest value.
  record Doubles(double min, double max) implements ValueBounds {}

  record Int128s(Int128 min, Int128 max) implements ValueBounds {}

  /// BYTES columns: prefixes of at most 16 bytes, trailing blanks cut; `max` is a bound that no
  /// value exceeds (rounded up if it was cut). Unsigned bytewise order.
  record Bytes(byte[] min, byte[] max) implements ValueBounds {}
}

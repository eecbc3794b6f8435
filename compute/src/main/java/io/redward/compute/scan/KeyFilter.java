package io.redward.compute.scan;

import io.redward.runtime.join.JoinKeyFilter;
import io.redward.runtime.join.KeyRange;
import io.redward.storage.table.ValueBounds;

/// What a scan asks of the join table of an earlier stream about one of its own columns.
///
/// @param field the scan's field
public record KeyFilter(int field, JoinKeyFilter keys) {
  /// False if no value within the block's bounds is a key.
  boolean mayMatch(ValueBounds block) {
    KeyRange range = keys.range();
    return !(block instanceof ValueBounds.Longs(long min, long max))
        || range.min() <= max && min <= range.max();
  }
}

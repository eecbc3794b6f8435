package io.redward.storage.block;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.table.Block;
import io.redward.storage.table.RowSpan;

/// Checks of the rows in which a block says that values are.
final class RowSpans {
  private RowSpans() {}

  /// A value of integers, changed a little; of others just the change.
  static long number(Vector vector, int row, int change) {
    return switch (vector) {
      case IntVector ints -> ints.values[row] + (long) change;
      case LongVector longs -> longs.values[row] + change;
      default -> change;
    };
  }

  static boolean isBetween(Vector vector, int row, long low, long high) {
    long value = number(vector, row, 0);
    return !vector.isNull(row) && value >= low && value <= high;
  }

  /// No row outside the span has a value in the range.
  static void check(Vector original, Block block, long low, long high) {
    RowSpan span = block.spanBetween(low, high);
    for (int row = 0; row < block.rowCount(); row++) {
      if (isBetween(original, row, low, high)) {
        assertThat(row).as("a row in [%d, %d]", low, high).isBetween(span.from(), span.to() - 1);
      }
    }
  }
}

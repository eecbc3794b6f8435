package io.redward.runtime.sort;

import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.runtime.kernel.Cells;
import java.util.List;

/// The order that sort keys put rows in, when their key columns lie in vectors: numbers by value,
/// NaN above all, strings bytewise without trailing blanks.
public final class SortOrder {
  private final List<SortKey> keys;
  private final Vector[] columns;

  /// @param columns by field of the row; fields that are no keys may be anything
  public SortOrder(List<SortKey> keys, Vector[] columns) {
    this.keys = List.copyOf(keys);
    this.columns = columns;
  }

  /// Compares two rows by all keys.
  public int compare(int left, int right) {
    for (SortKey key : keys) {
      Vector column = columns[key.field()];
      boolean leftNull = column.isNull(left);
      boolean rightNull = column.isNull(right);
      if (leftNull || rightNull) {
        if (leftNull != rightNull) {
          return leftNull == key.nullsFirst() ? -1 : 1;
        }
        continue;
      }
      int order = Cells.compare(column, left, right);
      if (order != 0) {
        return key.descending() ? -order : order;
      }
    }
    return 0;
  }

  /// The prefixes of rows `0 .. count)`.
  SortPrefixes prefixes(int count) {
    return SortPrefixes.of(keys, columns, count);
  }

  /// Rows `0 .. count)` in order; rows that are equal in all keys come in any order.
  public int[] sorted(int count) {
    int[] rows = new int[count];
    for (int row = 0; row < count; row++) {
      rows[row] = row;
    }
    if (keys.isEmpty() || count < 2) {
      return rows;
    }
    SortPrefixes prefixes = SortPrefixes.of(keys, columns, count);
    PrefixSort.sort(prefixes.prefixes(), rows, count);
    if (!prefixes.exact()) {
      PrefixSort.sortTies(prefixes.prefixes(), rows, count, this::compare);
    }
    return rows;
  }
}

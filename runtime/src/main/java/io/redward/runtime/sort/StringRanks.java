package io.redward.runtime.sort;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.runtime.kernel.BytesOrder;
import java.util.Arrays;
import java.util.List;

/// The place of each string among the different strings of a column, where those are few: numbers
/// of a few bits in the strings' order, exact however long the strings are. Categories, brands and
/// names of stores sort and partition as integers do.
final class StringRanks {
  private static final int MOST_VALUES = 1 << 13;

  /// Fewer rows than that a value are not worth the look-ups.
  private static final int ROWS_PER_VALUE = 8;

  private static final int SLOTS = MOST_VALUES * 2;

  private final BytesVector column;
  private final int[] slots = new int[SLOTS];
  private final int[] firstRows;
  private int values;

  private StringRanks(BytesVector column, int most) {
    this.column = column;
    firstRows = new int[most];
  }

  /// Writes the rank of each row's string to `ranks`, of nulls anything.
  ///
  /// @return false, with `ranks` undefined, if there are too many different strings
  static boolean rank(BytesVector column, int count, long[] ranks) {
    int most = Math.min(MOST_VALUES, count / ROWS_PER_VALUE);
    if (most < 2) {
      return false;
    }
    StringRanks found = new StringRanks(column, most);
    for (int row = 0; row < count; row++) {
      if ((row & PrefixSort.CHECK_MASK) == 0) {
        CancelToken.checkCurrent();
      }
      if (column.isNull(row)) {
        continue;
      }
      int value = found.value(row);
      if (value < 0) {
        return false;
      }
      ranks[row] = value;
    }
    int[] order = found.order();
    for (int row = 0; row < count; row++) {
      if (!column.isNull(row)) {
        ranks[row] = order[(int) ranks[row]];
      }
    }
    return true;
  }

  /// The number of the row's string by first occurrence, -1 if it is one too many.
  private int value(int row) {
    byte[] page = column.page(row);
    int offset = column.offset(row);
    int length = BytesOrder.trimmedLength(page, offset, column.length(row));
    int slot = hash(page, offset, length) & SLOTS - 1;
    while (slots[slot] != 0) {
      int value = slots[slot] - 1;
      if (isAt(firstRows[value], page, offset, length)) {
        return value;
      }
      slot = slot + 1 & SLOTS - 1;
    }
    if (values == firstRows.length) {
      return -1;
    }
    firstRows[values] = row;
    slots[slot] = ++values;
    return values - 1;
  }

  private boolean isAt(int row, byte[] page, int offset, int length) {
    byte[] other = column.page(row);
    int start = column.offset(row);
    int otherLength = BytesOrder.trimmedLength(other, start, column.length(row));
    return length == otherLength
        && Arrays.equals(page, offset, offset + length, other, start, start + length);
  }

  private static int hash(byte[] page, int offset, int length) {
    int hash = length;
    for (int i = offset; i < offset + length; i++) {
      hash = 31 * hash + page[i];
    }
    hash *= 0x9E37_79B9;
    return hash ^ hash >>> 16;
  }

  /// The rank of each value.
  private int[] order() {
    Vector[] columns = {column};
    SortOrder strings = new SortOrder(List.of(new SortKey(0, false, false)), columns);
    int[] places = new int[values];
    for (int i = 0; i < values; i++) {
      places[i] = i;
    }
    PrefixSort.mergeSort(
        places,
        0,
        values,
        new int[values],
        (left, right) -> strings.compare(firstRows[left], firstRows[right]));
    int[] ranks = new int[values];
    for (int i = 0; i < values; i++) {
      ranks[places[i]] = i;
    }
    return ranks;
  }
}

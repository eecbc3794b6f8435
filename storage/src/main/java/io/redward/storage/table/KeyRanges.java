package io.redward.storage.table;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntFunction;

/// The rows of a table that may have one of some keys, as far as zone maps tell.
public final class KeyRanges implements ReadScope {
  private final List<Map<Integer, ValueBounds>> ranges;

  private KeyRanges(List<Map<Integer, ValueBounds>> ranges) {
    this.ranges = ranges;
  }

  /// Rows with a key that is in one of these rowsets.
  ///
  /// @param columns for each column of the key in the rowsets, the column that it is compared with
  public static KeyRanges of(List<RowsetSnapshot> rowsets, Map<Integer, Integer> columns) {
    List<Map<Integer, ValueBounds>> ranges = new ArrayList<>();
    for (RowsetSnapshot rowset : rowsets) {
      for (int block = 0; block < rowset.blockCount(); block++) {
        range(rowset, block, columns).ifPresent(ranges::add);
      }
    }
    return new KeyRanges(List.copyOf(ranges));
  }

  /// Empty if a column of the key is NULL in the whole block, which has no key then.
  private static Optional<Map<Integer, ValueBounds>> range(
      RowsetSnapshot rowset, int block, Map<Integer, Integer> columns) {
    Map<Integer, ValueBounds> range = new HashMap<>();
    for (Map.Entry<Integer, Integer> column : columns.entrySet()) {
      if (rowset.hasColumn(column.getKey())) {
        Optional<ValueBounds> bounds = rowset.summary(column.getKey(), block).bounds();
        if (bounds.isEmpty()) {
          return Optional.empty();
        }
        range.put(column.getValue(), bounds.get());
      }
    }
    return Optional.of(Map.copyOf(range));
  }

  @Override
  public boolean mayHold(IntFunction<Optional<BlockSummary>> columns) {
    for (Map<Integer, ValueBounds> range : ranges) {
      if (meets(range, columns)) {
        return true;
      }
    }
    return false;
  }

  private static boolean meets(
      Map<Integer, ValueBounds> range, IntFunction<Optional<BlockSummary>> columns) {
    for (Map.Entry<Integer, ValueBounds> column : range.entrySet()) {
      Optional<BlockSummary> summary = columns.apply(column.getKey());
      boolean apart =
          summary.isPresent()
              && (summary.get().bounds().isEmpty()
                  || column.getValue().apartFrom(summary.get().bounds().get()));
      if (apart) {
        return false;
      }
    }
    return true;
  }
}

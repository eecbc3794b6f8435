package io.redward.storage.rowset;

import io.redward.storage.block.Bounds;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.ValueBounds;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Sums a column's footers over the rowsets of a table. One thread at a time.
public final class ColumnTotals {
  private final DistinctSketch sketch = new DistinctSketch();
  private final SampleTotals samples = new SampleTotals();
  private @Nullable ValueBounds bounds;
  private long rowCount;
  private long nullCount;
  private long valueBytes;

  void add(ColumnFooter column, int rows) {
    rowCount += rows;
    valueBytes += column.valueBytes();
    sketch.merge(column.sketch());
    long nullsBefore = nullCount;
    for (BlockSummary block : column.blocks()) {
      nullCount += block.nullCount();
      if (block.bounds().isPresent()) {
        ValueBounds more = block.bounds().get();
        bounds = bounds == null ? more : Bounds.merge(bounds, more);
      }
    }
    samples.add(column.sample(), rows - (nullCount - nullsBefore));
  }

  /// Empty if no row has been added.
  public Optional<ColumnStatistics> statistics() {
    if (rowCount == 0) {
      return Optional.empty();
    }
    long present = rowCount - nullCount;
    double distinct = Math.min(present, sketch.estimate());
    double averageBytes = present == 0 ? 0 : (double) valueBytes / present;
    return Optional.of(
        new ColumnStatistics(
            rowCount,
            nullCount,
            distinct,
            averageBytes,
            Optional.ofNullable(bounds),
            samples.distribution(present)));
  }
}

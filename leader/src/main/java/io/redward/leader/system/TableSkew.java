package io.redward.leader.system;

import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.SortedRegion;
import io.redward.storage.table.TableSnapshot;
import java.io.File;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// How evenly a table lies, by its statistics and zone maps.
final class TableSkew {
  private static final File DISK = new File(".");

  private TableSkew() {}

  /// Rows of the fullest slice over those of the emptiest, if rows went to slices as declared: by
  /// turns, or by the hash of the distribution key as its most common values and its number of
  /// values tell. 1 for a table that is whole on every node; null if a slice would have none.
  static @Nullable BigDecimal rows(TableSnapshot stored, TableDefinition table) {
    TableLayout layout = table.layout();
    int slices = WorkloadViews.slices();
    double[] shares = new double[slices];
    switch (layout.style()) {
      case ALL -> Arrays.fill(shares, 1);
      case EVEN -> {
        for (int slice = 0; slice < slices; slice++) {
          long rows = (stored.rowCount() + slices - 1 - slice) / slices;
          shares[slice] = rows;
        }
      }
      case KEY -> shares = byKey(stored, layout.distributionKey().orElseThrow(), slices);
    }
    double least = Arrays.stream(shares).min().orElse(1);
    double most = Arrays.stream(shares).max().orElse(1);
    return least == 0 ? null : rounded(most / least);
  }

  /// NULLs all go to one slice.
  private static double[] byKey(TableSnapshot stored, int column, int slices) {
    double[] even = new double[slices];
    Arrays.fill(even, 1.0 / slices);
    ColumnStatistics known = stored.statistics(column).orElse(null);
    if (known == null) {
      return even;
    }
    double nulls = (double) known.nullCount() / known.rowCount();
    double[] shares =
        known.distribution().map(d -> d.shares(slices, known.distinctCount())).orElse(even);
    for (int slice = 0; slice < slices; slice++) {
      shares[slice] *= 1 - nulls;
    }
    shares[0] += nulls;
    return shares;
  }

  /// Of the disk, as if the table were alone on it.
  static BigDecimal usedPercent(TableSnapshot stored) {
    return BigDecimal.valueOf(100.0 * stored.encodedBytes() / Math.max(1, DISK.getTotalSpace()))
        .setScale(4, RoundingMode.HALF_UP);
  }

  /// Statistics come with the rows; what they do not know is which rows have been deleted since.
  ///
  /// @param all deleted rows too
  static BigDecimal staleness(TableSnapshot stored, long all) {
    return rounded(all == 0 ? 0 : 100.0 * (all - stored.rowCount()) / all);
  }

  /// Blocks that a narrow range of an interleaved key's column touches, over those that it would
  /// touch were the table interleaved as one: with `k` columns and `n` blocks, n to the (k-1)/k.
  static BigDecimal interleaved(TableSnapshot stored, int column, int columns) {
    double least = SortedRegion.interleavedDepth(stored.rowsets(), columns);
    return rounded(Math.max(1, SortedRegion.depth(stored.rowsets(), column) / least));
  }

  private static BigDecimal rounded(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }
}

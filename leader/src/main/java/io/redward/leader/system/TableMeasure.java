package io.redward.leader.system;

import io.redward.leader.catalog.ColumnDefinition;
import io.redward.leader.catalog.TableDefinition;
import io.redward.leader.catalog.TableLayout;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.SortedRegion;
import io.redward.storage.table.TableSnapshot;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;

/// What `svv_table_info` tells of a table's rows, by zone maps and footers alone.
///
/// @param rows deleted ones too, while they take room
/// @param blocks of a megabyte
/// @param unsortedPercent null without a sort key
/// @param sortBenefit by how much a scan of a narrow range would gain at most, in percent
/// @param sortKeySkew size of the largest other column over that of the first sort key column
record TableMeasure(
    long rows,
    long blocks,
    @Nullable BigDecimal unsortedPercent,
    @Nullable BigDecimal sortBenefit,
    @Nullable BigDecimal sortKeySkew) {
  private static final long BLOCK_BYTES = 1 << 20;

  static TableMeasure of(TableSnapshot stored, TableDefinition table) {
    TableLayout layout = table.layout();
    long rows = 0;
    for (RowsetSnapshot rowset : stored.rowsets()) {
      rows += rowset.rowCount();
    }
    long blocks = Math.max(1, (stored.encodedBytes() + BLOCK_BYTES - 1) / BLOCK_BYTES);
    if (layout.sortKey().isEmpty() || rows == 0) {
      return new TableMeasure(rows, blocks, null, null, null);
    }
    int key = layout.sortKey().getFirst();
    boolean interleaved = layout.sortKind() == TableLayout.SortKind.INTERLEAVED;
    OptionalInt division = table.shape().division();
    long unsorted = interleaved ? 0 : SortedRegion.unsortedRows(stored.rowsets(), key, division);
    double depth = interleaved ? 1 : SortedRegion.depth(stored.rowsets(), key, division);
    return new TableMeasure(
        rows,
        blocks,
        percent(100.0 * unsorted / rows),
        percent(100 - 100 / depth),
        skew(stored, table, key).map(TableMeasure::percent).orElse(null));
  }

  private static Optional<Double> skew(TableSnapshot stored, TableDefinition table, int key) {
    Map<Integer, Long> columnBytes = new HashMap<>();
    for (RowsetSnapshot rowset : stored.rowsets()) {
      for (ColumnDefinition column : table.columns()) {
        for (int block = 0; rowset.hasColumn(column.id()) && block < rowset.blockCount(); block++) {
          long bytes = rowset.summary(column.id(), block).encodedBytes();
          columnBytes.merge(column.id(), bytes, Long::sum);
        }
      }
    }
    Long keyBytes = columnBytes.remove(key);
    return keyBytes == null
        ? Optional.empty()
        : columnBytes.values().stream()
            .max(Long::compare)
            .map(largest -> (double) largest / keyBytes);
  }

  private static BigDecimal percent(double value) {
    return BigDecimal.valueOf(value).setScale(2, RoundingMode.HALF_UP);
  }
}

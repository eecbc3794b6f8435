package io.redward.storage.namespace;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.Bounds;
import io.redward.storage.table.Block;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.SnapshotView;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.ValueBounds;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import java.util.function.LongFunction;

/// A snapshot in which rowsets that are older than a column show the value it was added with, in
/// every row, block summary and statistic. Nothing is written for `ALTER TABLE ADD COLUMN`, however
/// large the table: the values are made when they are read.
///
/// @param fillers by table id: one-row vectors of the columns that have such a value, by column id
public record FilledSnapshot(Snapshot present, LongFunction<Map<Integer, Vector>> fillers)
    implements SnapshotView {
  @Override
  public Map<Integer, Vector> fillers(long tableId) {
    return fillers.apply(tableId);
  }

  @Override
  public TableSnapshot table(long tableId) {
    Map<Integer, Vector> values = fillers.apply(tableId);
    TableSnapshot table = present.table(tableId);
    return values.isEmpty() ? table : new FilledTable(table, values);
  }

  private record FilledTable(TableSnapshot stored, Map<Integer, Vector> values)
      implements TableSnapshot {
    @Override
    public long tableId() {
      return stored.tableId();
    }

    @Override
    public List<RowsetSnapshot> rowsets() {
      return stored.rowsets().stream()
          .<RowsetSnapshot>map(rowset -> new FilledRowset(rowset, values))
          .toList();
    }

    @Override
    public long rowCount() {
      return stored.rowCount();
    }

    @Override
    public long encodedBytes() {
      return stored.encodedBytes();
    }

    @Override
    public Optional<ColumnStatistics> statistics(int columnId) {
      Optional<ColumnStatistics> known = stored.statistics(columnId);
      Vector value = values.get(columnId);
      if (value == null) {
        return known;
      }
      long filled = 0;
      for (RowsetSnapshot rowset : stored.rowsets()) {
        filled += rowset.hasColumn(columnId) ? 0 : rowset.rowCount();
      }
      return filled == 0 ? known : Optional.of(merged(known, value, filled));
    }

    private static ColumnStatistics merged(
        Optional<ColumnStatistics> known, Vector value, long filled) {
      ValueBounds own = Bounds.of(value, 1);
      double bytes = value instanceof BytesVector strings ? strings.length(0) : 8;
      if (known.isEmpty()) {
        return new ColumnStatistics(filled, 0, 1, bytes, Optional.of(own));
      }
      ColumnStatistics written = known.get();
      long rows = written.rowCount() + filled;
      return new ColumnStatistics(
          rows,
          written.nullCount(),
          written.distinctCount() + 1,
          (written.averageBytes() * written.rowCount() + bytes * filled) / rows,
          Optional.of(written.bounds().map(b -> Bounds.merge(b, own)).orElse(own)));
    }

    @Override
    public long contentVersion() {
      return stored.contentVersion();
    }
  }

  private record FilledRowset(RowsetSnapshot stored, Map<Integer, Vector> values)
      implements RowsetSnapshot {
    @Override
    public int rowsetId() {
      return stored.rowsetId();
    }

    @Override
    public int rowCount() {
      return stored.rowCount();
    }

    @Override
    public boolean hasColumn(int columnId) {
      return stored.hasColumn(columnId) || values.containsKey(columnId);
    }

    @Override
    public List<Integer> sortKey() {
      return stored.sortKey();
    }

    @Override
    public BlockSummary summary(int columnId, int block) {
      Vector value = values.get(columnId);
      if (value == null || stored.hasColumn(columnId)) {
        return stored.summary(columnId, block);
      }
      return new BlockSummary(
          "runlength", blockRows(block), 0, 0, Optional.of(Bounds.of(value, 1)));
    }

    @Override
    public Block block(int columnId, int block) {
      Vector value = values.get(columnId);
      return value == null || stored.hasColumn(columnId)
          ? stored.block(columnId, block)
          : new ConstantBlock(blockRows(block), value);
    }

    @Override
    public void prefetch(int columnId, int block, BooleanSupplier wanted) {
      if (stored.hasColumn(columnId)) {
        stored.prefetch(columnId, block, wanted);
      }
    }

    @Override
    public Optional<long[]> deletedRows() {
      return stored.deletedRows();
    }
  }
}

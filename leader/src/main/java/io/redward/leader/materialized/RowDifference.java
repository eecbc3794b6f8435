package io.redward.leader.materialized;

import io.redward.storage.table.Block;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// The rows that one state of a table has and another one has not, read like a table: rowsets are
/// immutable and keep their ids, so that they and their delete vectors tell. Rows that were only
/// moved to another rowset, as VACUUM does, are in the difference both ways.
public record RowDifference(
    long tableId, long contentVersion, List<RowsetSnapshot> rowsets, long rowCount)
    implements TableSnapshot {
  public RowDifference {
    rowsets = List.copyOf(rowsets);
  }

  /// Rows of `state` that `other` has not.
  public static RowDifference of(TableSnapshot state, TableSnapshot other) {
    Map<Integer, RowsetSnapshot> known = new HashMap<>();
    other.rowsets().forEach(rowset -> known.put(rowset.rowsetId(), rowset));
    List<RowsetSnapshot> rowsets = new ArrayList<>();
    long rows = 0;
    for (RowsetSnapshot rowset : state.rowsets()) {
      RowsetSnapshot there = known.get(rowset.rowsetId());
      long[] masked = masked(rowset, there);
      long left = rowset.rowCount() - count(masked);
      if (left > 0) {
        rows += left;
        rowsets.add(there == null ? rowset : new Masked(rowset, masked));
      }
    }
    return new RowDifference(state.tableId(), state.contentVersion(), rowsets, rows);
  }

  /// Bits of the rows that are deleted here or alive there.
  private static long[] masked(RowsetSnapshot here, @Nullable RowsetSnapshot there) {
    long[] masked = new long[(here.rowCount() + 63) >> 6];
    here.deletedRows().ifPresent(words -> System.arraycopy(words, 0, masked, 0, masked.length));
    if (there != null) {
      long[] deleted = there.deletedRows().orElse(new long[masked.length]);
      for (int i = 0; i < masked.length; i++) {
        masked[i] |= ~deleted[i];
      }
      int beyond = here.rowCount() & 63;
      if (beyond != 0) {
        masked[masked.length - 1] &= (1L << beyond) - 1;
      }
    }
    return masked;
  }

  private static long count(long[] words) {
    long bits = 0;
    for (long word : words) {
      bits += Long.bitCount(word);
    }
    return bits;
  }

  public boolean isEmpty() {
    return rowCount == 0;
  }

  @Override
  public long encodedBytes() {
    return 0;
  }

  @Override
  public Optional<ColumnStatistics> statistics(int columnId) {
    return Optional.empty();
  }

  private record Masked(RowsetSnapshot rowset, long[] deleted) implements RowsetSnapshot {
    @Override
    public int rowsetId() {
      return rowset.rowsetId();
    }

    @Override
    public int rowCount() {
      return rowset.rowCount();
    }

    @Override
    public boolean hasColumn(int columnId) {
      return rowset.hasColumn(columnId);
    }

    @Override
    public List<Integer> sortKey() {
      return rowset.sortKey();
    }

    @Override
    public BlockSummary summary(int columnId, int block) {
      return rowset.summary(columnId, block);
    }

    @Override
    public Block block(int columnId, int block) {
      return rowset.block(columnId, block);
    }

    @Override
    public void prefetch(int columnId, int block, BooleanSupplier wanted) {
      rowset.prefetch(columnId, block, wanted);
    }

    @Override
    public Optional<long[]> deletedRows() {
      return Optional.of(deleted);
    }
  }
}

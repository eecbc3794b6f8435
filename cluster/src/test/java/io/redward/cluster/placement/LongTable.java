package io.redward.cluster.placement;

import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.table.Block;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.ValueBounds;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;

/// A table of one column of integers, column 1, in memory.
///
/// @param values by rowset; [#NULL] stands for NULL
public record LongTable(long tableId, List<long[]> values) implements TableSnapshot {
  public static final long NULL = Long.MIN_VALUE;
  private static final int COLUMN = 1;

  @Override
  public List<RowsetSnapshot> rowsets() {
    List<RowsetSnapshot> rowsets = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      rowsets.add(new Rowset(i + 1, values.get(i)));
    }
    return rowsets;
  }

  /// The values that a snapshot of such a table shows, sorted.
  public static long[] visible(TableSnapshot table) {
    LongStream.Builder found = LongStream.builder();
    for (RowsetSnapshot rowset : table.rowsets()) {
      long[] deleted = rowset.deletedRows().orElse(new long[(rowset.rowCount() + 63) / 64]);
      int row = 0;
      for (int block = 0; block < rowset.blockCount(); block++) {
        LongVector vector = new LongVector(rowset.blockRows(block));
        rowset.block(COLUMN, block).decode(0, rowset.blockRows(block), vector);
        for (int i = 0; i < rowset.blockRows(block); i++, row++) {
          if ((deleted[row >> 6] >>> row & 1) == 0) {
            found.add(vector.isNull(i) ? NULL : vector.values[i]);
          }
        }
      }
    }
    return found.build().sorted().toArray();
  }

  @Override
  public long rowCount() {
    return values.stream().mapToLong(each -> each.length).sum();
  }

  @Override
  public long encodedBytes() {
    return 0;
  }

  @Override
  public Optional<ColumnStatistics> statistics(int columnId) {
    return Optional.empty();
  }

  @Override
  public long contentVersion() {
    return 1;
  }

  private record Rowset(int rowsetId, long[] values) implements RowsetSnapshot {
    private long[] of(int block) {
      int from = block * BLOCK_ROWS;
      return Arrays.copyOfRange(values, from, Math.min(values.length, from + BLOCK_ROWS));
    }

    @Override
    public int rowCount() {
      return values.length;
    }

    @Override
    public boolean hasColumn(int columnId) {
      return columnId == COLUMN;
    }

    @Override
    public List<Integer> sortKey() {
      return List.of();
    }

    @Override
    public BlockSummary summary(int columnId, int block) {
      long[] mine = of(block);
      long[] present = Arrays.stream(mine).filter(value -> value != NULL).sorted().toArray();
      return new BlockSummary(
          "raw",
          mine.length,
          mine.length - present.length,
          8L * mine.length,
          present.length == 0
              ? Optional.empty()
              : Optional.of(new ValueBounds.Longs(present[0], present[present.length - 1])));
    }

    @Override
    public Block block(int columnId, int block) {
      return new Values(of(block));
    }

    @Override
    public Optional<long[]> deletedRows() {
      return Optional.empty();
    }
  }

  private record Values(long[] values) implements Block {
    @Override
    public int rowCount() {
      return values.length;
    }

    @Override
    public boolean hasNulls() {
      return Arrays.stream(values).anyMatch(value -> value == NULL);
    }

    @Override
    public void decode(int from, int count, Vector out) {
      for (int i = 0; i < count; i++) {
        ((LongVector) out).values[i] = values[from + i];
        if (values[from + i] == NULL) {
          out.setNull(i);
        }
      }
    }

    @Override
    public void decodeSelected(int from, int[] selection, int selectedCount, Vector out) {
      decode(from, Math.min(out.capacity(), values.length - from), out);
    }

    @Override
    public int dictionarySize() {
      return 0;
    }

    @Override
    public void decodeDictionary(Vector out) {
      throw new IllegalStateException("no dictionary");
    }

    @Override
    public void decodeCodes(int from, int count, int[] codes) {
      throw new IllegalStateException("no dictionary");
    }

    @Override
    public long heldBytes() {
      return 0;
    }
  }
}

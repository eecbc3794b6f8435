package io.redward.cluster.placement;

import io.redward.storage.table.Block;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.SnapshotView;
import io.redward.storage.table.TablePart;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// A snapshot in which tables have only those blocks that belong to one node. Row ids of it name
/// nothing: it is for reading.
///
/// @param node the node's place among the slices' nodes
public record ShareSnapshot(Snapshot present, Slices slices, int node) implements SnapshotView {
  @Override
  public TableSnapshot table(long tableId) {
    TableSnapshot table = present.table(tableId);
    List<RowsetSnapshot> rowsets = new ArrayList<>();
    for (RowsetSnapshot rowset : table.rowsets()) {
      int[] blocks = new int[rowset.blockCount()];
      int count = 0;
      for (int block = 0; block < rowset.blockCount(); block++) {
        if (slices.ownerOfBlock(tableId, rowset.rowsetId(), block) == node) {
          blocks[count++] = block;
        }
      }
      if (count == rowset.blockCount()) {
        rowsets.add(rowset);
      } else if (count > 0) {
        rowsets.add(new ShareRowset(rowset, Arrays.copyOf(blocks, count)));
      }
    }
    return new TablePart(table, rowsets);
  }

  /// @param blocks the whole rowset's blocks that are here, ascending
  private record ShareRowset(RowsetSnapshot whole, int[] blocks) implements RowsetSnapshot {
    @Override
    public int rowsetId() {
      return whole.rowsetId();
    }

    @Override
    public int rowCount() {
      int last = blocks.length - 1;
      return last * BLOCK_ROWS + whole.blockRows(blocks[last]);
    }

    @Override
    public boolean hasColumn(int columnId) {
      return whole.hasColumn(columnId);
    }

    @Override
    public List<Integer> sortKey() {
      return whole.sortKey();
    }

    @Override
    public BlockSummary summary(int columnId, int block) {
      return whole.summary(columnId, blocks[block]);
    }

    @Override
    public Block block(int columnId, int block) {
      return whole.block(columnId, blocks[block]);
    }

    @Override
    public void prefetch(int columnId, int block, BooleanSupplier wanted) {
      whole.prefetch(columnId, blocks[block], wanted);
    }

    @Override
    public Optional<long[]> deletedRows() {
      return whole.deletedRows().map(this::mine);
    }

    private long[] mine(long[] deleted) {
      int words = BLOCK_ROWS / Long.SIZE;
      long[] mine = new long[(rowCount() + Long.SIZE - 1) / Long.SIZE];
      for (int i = 0; i < blocks.length; i++) {
        int from = blocks[i] * words;
        int length = Math.min(words, Math.min(deleted.length - from, mine.length - i * words));
        if (length > 0) {
          System.arraycopy(deleted, from, mine, i * words, length);
        }
      }
      return mine;
    }
  }
}

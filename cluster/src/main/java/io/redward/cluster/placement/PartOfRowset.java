package io.redward.cluster.placement;

import io.redward.storage.table.Block;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowsetSnapshot;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// Some blocks of a rowset as a rowset, some of whose rows may be hidden.
record PartOfRowset(RowsetSnapshot whole, Rows rows) implements RowsetSnapshot {
  private static final int BLOCK_WORDS = BLOCK_ROWS / Long.SIZE;

  /// @param blocks the whole rowset's blocks that are here, ascending
  /// @param hidden rows of these that are not, as [RowsetSnapshot#deletedRows]; empty if none is
  record Rows(int[] blocks, long[] hidden) {
    /// @param count how many of `blocks` count
    Rows(int[] blocks, int count, long[] hidden) {
      this(Arrays.copyOf(blocks, count), hidden);
    }
  }

  /// Adds what `rows` names of a rowset, if that is anything.
  static void add(RowsetSnapshot whole, Rows rows, List<RowsetSnapshot> to) {
    if (rows.blocks().length == whole.blockCount() && rows.hidden().length == 0) {
      to.add(whole);
    } else if (rows.blocks().length > 0) {
      to.add(new PartOfRowset(whole, rows));
    }
  }

  @Override
  public int rowsetId() {
    return whole.rowsetId();
  }

  @Override
  public int rowCount() {
    int last = rows.blocks().length - 1;
    return last * BLOCK_ROWS + whole.blockRows(rows.blocks()[last]);
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
    return whole.summary(columnId, rows.blocks()[block]);
  }

  @Override
  public Block block(int columnId, int block) {
    return whole.block(columnId, rows.blocks()[block]);
  }

  @Override
  public void prefetch(int columnId, int block, BooleanSupplier wanted) {
    whole.prefetch(columnId, rows.blocks()[block], wanted);
  }

  @Override
  public Optional<long[]> deletedRows() {
    Optional<long[]> deleted = whole.deletedRows();
    if (deleted.isEmpty()) {
      return rows.hidden().length == 0 ? Optional.empty() : Optional.of(rows.hidden());
    }
    long[] mine = mine(deleted.get());
    for (int word = 0; word < rows.hidden().length; word++) {
      mine[word] |= rows.hidden()[word];
    }
    return Optional.of(mine);
  }

  private long[] mine(long[] deleted) {
    long[] mine = new long[(rowCount() + Long.SIZE - 1) / Long.SIZE];
    for (int i = 0; i < rows.blocks().length; i++) {
      int from = rows.blocks()[i] * BLOCK_WORDS;
      int length =
          Math.min(BLOCK_WORDS, Math.min(deleted.length - from, mine.length - i * BLOCK_WORDS));
      if (length > 0) {
        System.arraycopy(deleted, from, mine, i * BLOCK_WORDS, length);
      }
    }
    return mine;
  }
}

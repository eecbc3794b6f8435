package io.redward.storage.table;

import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// One immutable rowset and the rows of it that this snapshot has deleted.
public interface RowsetSnapshot {
  /// Rows of every block but the last.
  int BLOCK_ROWS = 65_536;

  /// Unique within the table; the upper half of a row id.
  int rowsetId();

  /// Rows including deleted ones.
  int rowCount();

  default int blockCount() {
    return (rowCount() + BLOCK_ROWS - 1) / BLOCK_ROWS;
  }

  default int blockRows(int block) {
    return Math.min(BLOCK_ROWS, rowCount() - block * BLOCK_ROWS);
  }

  /// False if the rowset is older than the column, which is then NULL in every row, or has the
  /// value it was added with where the snapshot is a filled one. Rowsets of different columns are
  /// therefore never merged into one.
  boolean hasColumn(int columnId);

  /// The columns, most significant first, by which the rowset's rows are in order, NULLs apart;
  /// empty if they are not, or by several columns that weigh the same.
  List<Integer> sortKey();

  /// The zone map of one block, without reading the block.
  BlockSummary summary(int columnId, int block);

  /// Blocks outside of `[from, to)` have no value of an integer column in `[low, high]`: where the
  /// rows are in the column's order, what a search finds; else all blocks.
  default RowSpan blocksBetween(int columnId, long low, long high) {
    return new RowSpan(0, blockCount());
  }

  /// The block itself, from the cache or the store, checksum verified. Thread-safe; may be kept
  /// while the snapshot is reachable.
  Block block(int columnId, int block);

  /// Has a block read that will soon be asked for, where that saves waiting; returns at once.
  ///
  /// @param wanted asked when its turn comes: if false, nothing is read
  default void prefetch(int columnId, int block, BooleanSupplier wanted) {}

  /// Deleted rows: set bit = deleted, low bit of word 0 = row 0; empty if none is.
  Optional<long[]> deletedRows();

  static long rowId(int rowsetId, int row) {
    return (long) rowsetId << 32 | row;
  }
}

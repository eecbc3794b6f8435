package io.redward.storage.namespace;

import io.redward.storage.cache.BlockAccess;
import io.redward.storage.cache.BlockKey;
import io.redward.storage.commit.RowsetState;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.table.Block;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.RowSpan;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.function.BooleanSupplier;

/// A superblock with the cache through which its blocks are read. Tables and rowsets handed out
/// keep the superblock reachable, and that keeps their objects from being collected as garbage.
final class StoredSnapshot implements Snapshot {
  private final Superblock superblock;

  /// Never read: held so that it stays reachable.
  @SuppressWarnings("unused")
  private final Superblock anchor;

  private final BlockAccess blocks;
  private final Tenure tenure;

  /// @param anchor the published superblock that `superblock` is or was derived from
  /// @param tenure under which it may be read
  StoredSnapshot(Superblock superblock, Superblock anchor, BlockAccess blocks, Tenure tenure) {
    this.tenure = tenure;
    this.superblock = superblock;
    this.anchor = anchor;
    this.blocks = blocks;
  }

  /// The state of a snapshot, whatever it is wrapped into.
  ///
  /// @throws IllegalArgumentException if it is no snapshot of stored data
  static Superblock stateOf(Snapshot snapshot) {
    return switch (snapshot) {
      case StoredSnapshot stored -> stored.superblock;
      case FilledSnapshot filled -> stateOf(filled.present());
      default -> throw new IllegalArgumentException("not a stored snapshot");
    };
  }

  @Override
  public long version() {
    return superblock.version();
  }

  @Override
  public long entryVersion() {
    return superblock.entryVersion();
  }

  @Override
  public Optional<byte[]> entry(String key) {
    return superblock.value(key);
  }

  @Override
  public SortedMap<String, byte[]> entries(String prefix) {
    return superblock.values(prefix);
  }

  @Override
  public TableSnapshot table(long tableId) {
    return superblock
        .table(tableId)
        .<TableSnapshot>map(state -> new StoredTable(state, this))
        .orElseGet(() -> new EmptyTable(tableId));
  }

  private record EmptyTable(long tableId) implements TableSnapshot {
    @Override
    public List<RowsetSnapshot> rowsets() {
      return List.of();
    }

    @Override
    public long rowCount() {
      return 0;
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
      return 0;
    }
  }

  private record StoredTable(TableState state, StoredSnapshot snapshot) implements TableSnapshot {
    @Override
    public long tableId() {
      return state.tableId();
    }

    @Override
    public List<RowsetSnapshot> rowsets() {
      List<RowsetSnapshot> rowsets = new ArrayList<>(state.rowsets().size());
      for (RowsetState rowset : state.rowsets()) {
        rowsets.add(new StoredRowset(rowset, snapshot));
      }
      return rowsets;
    }

    @Override
    public long rowCount() {
      long rows = 0;
      for (RowsetState rowset : state.rowsets()) {
        rows += rowset.rowCount() - rowset.deletedCount();
      }
      return rows;
    }

    @Override
    public long encodedBytes() {
      long bytes = 0;
      for (RowsetState rowset : state.rowsets()) {
        bytes += rowset.file().reference().bytes();
      }
      return bytes;
    }

    @Override
    public Optional<ColumnStatistics> statistics(int columnId) {
      return state.statistics(columnId);
    }

    @Override
    public long contentVersion() {
      return state.contentVersion();
    }
  }

  private record StoredRowset(RowsetState state, StoredSnapshot snapshot)
      implements RowsetSnapshot {
    @Override
    public int rowsetId() {
      return state.rowsetId();
    }

    @Override
    public int rowCount() {
      return state.rowCount();
    }

    @Override
    public boolean hasColumn(int columnId) {
      return state.file().hasColumn(columnId);
    }

    @Override
    public List<Integer> sortKey() {
      TableShape shape = state.file().shape();
      return shape.interleaved() ? List.of() : shape.sortKey();
    }

    @Override
    public BlockSummary summary(int columnId, int block) {
      return state.file().summary(columnId, block);
    }

    @Override
    public RowSpan blocksBetween(int columnId, long low, long high) {
      return state.file().blocksBetween(columnId, low, high);
    }

    @Override
    public Block block(int columnId, int block) {
      snapshot.tenure.check();
      return snapshot.blocks.get(
          new BlockKey(state.rowsetId(), columnId, block),
          () -> state.file().readBlock(columnId, block));
    }

    @Override
    public void prefetch(int columnId, int block, BooleanSupplier wanted) {
      if (snapshot.blocks.readsAhead()) {
        snapshot.blocks.readAhead(
            new BlockKey(state.rowsetId(), columnId, block),
            state.file().summary(columnId, block).encodedBytes(),
            wanted,
            () -> state.file().readBlock(columnId, block));
      }
    }

    @Override
    public Optional<long[]> deletedRows() {
      return state.deletedCount() == 0 ? Optional.empty() : Optional.of(state.deleted());
    }
  }
}

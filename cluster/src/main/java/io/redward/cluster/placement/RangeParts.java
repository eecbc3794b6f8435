package io.redward.cluster.placement;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.Vector;
import io.redward.storage.table.Block;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TablePart;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.ValueBounds;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/// Which rows of rowsets belong to a node that has some ranges of a key. Blocks in which a range
/// ends are looked into once and remembered. Thread-safe.
public final class RangeParts {
  private static final int MOST = 1_024;

  private final Map<Key, PartOfRowset.Rows> known =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PartOfRowset.Rows> eldest) {
          return size() > MOST;
        }
      };

  private final Map<Division, int[]> owners = new ConcurrentHashMap<>();

  private record Key(
      TableShare share, int rowsetId, KeyRanges ranges, List<String> nodes, int node) {}

  private record Division(List<String> nodes, int count) {}

  /// By range: the place of its node in `nodes`.
  public int[] owners(List<String> nodes, int count) {
    if (owners.size() > MOST) {
      owners.clear();
    }
    return owners.computeIfAbsent(
        new Division(nodes, count), key -> Slices.of(key.nodes(), key.count()).owners());
  }

  /// The rows of a table whose values of a column lie in the ranges of one of the nodes.
  TableSnapshot part(
      TableSnapshot table, TableShare share, KeyRanges ranges, List<String> nodes, int node) {
    int[] owners = owners(nodes, ranges.count());
    List<RowsetSnapshot> rowsets = new ArrayList<>();
    for (RowsetSnapshot rowset : table.rowsets()) {
      Key key = new Key(share, rowset.rowsetId(), ranges, nodes, node);
      PartOfRowset.Rows rows = known(key);
      if (rows == null) {
        rows = find(rowset, share, ranges, owners, node);
        synchronized (this) {
          known.put(key, rows);
        }
      }
      PartOfRowset.add(rowset, rows, rowsets);
    }
    return new TablePart(table, rowsets);
  }

  private synchronized PartOfRowset.@Nullable Rows known(Key key) {
    return known.get(key);
  }

  private static PartOfRowset.Rows find(
      RowsetSnapshot rowset, TableShare share, KeyRanges ranges, int[] owners, int node) {
    int columnId = share.columnId();
    int[] blocks = new int[rowset.blockCount()];
    int count = 0;
    long[] hidden = new long[(rowset.rowCount() + Long.SIZE - 1) / Long.SIZE];
    boolean hides = false;
    for (int block = 0; block < blocks.length; block++) {
      int mine = mine(rowset, columnId, block, ranges, owners, node);
      if (mine < 0) {
        continue;
      }
      if (mine == 0) {
        hides = true;
        hide(
            rowset.block(columnId, block),
            Vector.of(share.form(), Batch.CAPACITY),
            (values, row) -> owners[ranges.of(values, row)] == node,
            hidden,
            count * RowsetSnapshot.BLOCK_ROWS);
      }
      blocks[count++] = block;
    }
    return new PartOfRowset.Rows(blocks, count, hides ? hidden : new long[0]);
  }

  /// Positive if all of a block is the node's, negative if nothing is, 0 if it must be looked into.
  private static int mine(
      RowsetSnapshot rowset, int columnId, int block, KeyRanges ranges, int[] owners, int node) {
    Optional<ValueBounds> bounds = rowset.summary(columnId, block).bounds();
    boolean all = true;
    boolean some = false;
    if (rowset.summary(columnId, block).nullCount() > 0 || bounds.isEmpty()) {
      all = owners[0] == node;
      some = all;
    }
    if (bounds.isPresent()) {
      int[] ends = ranges.of(bounds.get());
      for (int range = ends[0]; range <= ends[1]; range++) {
        all &= owners[range] == node;
        some |= owners[range] == node;
      }
    }
    return all ? 1 : some ? 0 : -1;
  }

  private interface Mine {
    boolean test(Vector values, int row);
  }

  private static void hide(Block block, Vector values, Mine mine, long[] hidden, int firstRow) {
    for (int from = 0; from < block.rowCount(); from += Batch.CAPACITY) {
      int count = Math.min(Batch.CAPACITY, block.rowCount() - from);
      values.reset();
      block.decode(from, count, values);
      for (int i = 0; i < count; i++) {
        if (!mine.test(values, i)) {
          int row = firstRow + from + i;
          hidden[row >> 6] |= 1L << row;
        }
      }
    }
  }
}

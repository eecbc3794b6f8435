package io.redward.cluster.placement;

import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.SnapshotView;
import io.redward.storage.table.TablePart;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;

/// A snapshot in which tables have only those rows that belong to one node. Row ids of it name
/// nothing: it is for reading.
///
/// @param node the node's place among the slices' nodes
/// @param shares what scans may name instead of a table's slices
/// @param parts remembers what of rowsets lies within ranges
public record ShareSnapshot(
    Snapshot present, Slices slices, int node, Shares shares, RangeParts parts)
    implements SnapshotView {
  @Override
  public TableSnapshot table(long name) {
    int share = TableShare.shareOf(name);
    if (share < 0) {
      return slice(present.table(name));
    }
    TableShare named = shares.tables().get(share);
    TableSnapshot table = present.table(TableShare.tableOf(name));
    return named.ranges() < 0
        ? table
        : parts.part(table, named, shares.ranges().get(named.ranges()), slices.nodes(), node);
  }

  private TableSnapshot slice(TableSnapshot table) {
    List<RowsetSnapshot> rowsets = new ArrayList<>();
    for (RowsetSnapshot rowset : table.rowsets()) {
      int[] blocks = new int[rowset.blockCount()];
      int count = 0;
      for (int block = 0; block < rowset.blockCount(); block++) {
        if (slices.ownerOfBlock(table.tableId(), rowset.rowsetId(), block) == node) {
          blocks[count++] = block;
        }
      }
      PartOfRowset.add(rowset, new PartOfRowset.Rows(blocks, count, new long[0]), rowsets);
    }
    return new TablePart(table, rowsets);
  }
}

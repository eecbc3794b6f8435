package io.redward.leader.session;

import io.redward.foundation.batch.Vector;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.SnapshotView;
import io.redward.storage.table.TablePart;
import io.redward.storage.table.TableSnapshot;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A state in which one table holds only some of its rowsets: those that a statement has added.
///
/// @param present the state that all else is taken from
record NewRows(Snapshot present, long tableId, List<RowsetSnapshot> rowsets)
    implements SnapshotView {
  NewRows {
    rowsets = List.copyOf(rowsets);
  }

  /// What a table holds now and did not before.
  static NewRows since(Snapshot before, Snapshot now, long tableId) {
    Set<Integer> known = new HashSet<>();
    before.table(tableId).rowsets().forEach(rowset -> known.add(rowset.rowsetId()));
    List<RowsetSnapshot> added =
        now.table(tableId).rowsets().stream().filter(r -> !known.contains(r.rowsetId())).toList();
    return new NewRows(now, tableId, added);
  }

  /// All that a table holds.
  static NewRows all(Snapshot now, long tableId) {
    return new NewRows(now, tableId, now.table(tableId).rowsets());
  }

  /// Whether a table has lost rows.
  static boolean removed(Snapshot before, Snapshot now, long tableId) {
    Map<Integer, RowsetSnapshot> left = new HashMap<>();
    now.table(tableId).rowsets().forEach(rowset -> left.put(rowset.rowsetId(), rowset));
    for (RowsetSnapshot rowset : before.table(tableId).rowsets()) {
      RowsetSnapshot same = left.get(rowset.rowsetId());
      if (same == null || !Arrays.equals(deleted(rowset), deleted(same))) {
        return true;
      }
    }
    return false;
  }

  private static long[] deleted(RowsetSnapshot rowset) {
    return rowset.deletedRows().orElseGet(() -> new long[0]);
  }

  @Override
  public Map<Integer, Vector> fillers(long tableId) {
    return present.fillers(tableId);
  }

  @Override
  public TableSnapshot table(long id) {
    TableSnapshot whole = present.table(id);
    return id == tableId ? new TablePart(whole, rowsets) : whole;
  }
}

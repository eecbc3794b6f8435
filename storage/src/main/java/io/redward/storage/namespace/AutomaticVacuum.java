package io.redward.storage.namespace;

import io.redward.storage.table.SortedRegion;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.VacuumRequest;
import io.redward.storage.table.VacuumRun;
import java.util.HashMap;
import java.util.Map;

/// When a table is cleaned up without anybody asking. Rewriting costs as much as loading, so only
/// when scans would gain: a range of the sort key touches many blocks, or much of what is read is
/// deleted. One thread at a time.
final class AutomaticVacuum {
  private static final long MIN_ROWS = 100_000;
  private static final double DEPTH = 8;
  private static final int DELETED_PERCENT = 20;
  private static final int THRESHOLD_PERCENT = 90;
  /// What sorting has not helped (keys of one long prefix) is left alone until it has grown.
  private static final double GROWTH = 1.25;

  private final Map<Long, Long> checkedVersions = new HashMap<>();
  private final Map<Long, Long> sortedRows = new HashMap<>();

  boolean isDue(TableSnapshot table, TableShape shape) {
    Long checked = checkedVersions.put(table.tableId(), table.contentVersion());
    if (table.rowCount() < MIN_ROWS || checked != null && checked == table.contentVersion()) {
      return false;
    }
    VacuumRun.Measure measure = Vacuum.measure(table, shape);
    if (measure.deletedRows() * 100 > measure.rows() * DELETED_PERCENT) {
      return true;
    }
    long before = sortedRows.getOrDefault(table.tableId(), 0L);
    return !shape.sortKey().isEmpty()
        && table.rowCount() >= before * GROWTH
        && (shape.interleaved()
            ? Vacuum.isSkewed(table, shape)
            : SortedRegion.depth(table.rowsets(), shape.sortKey().getFirst(), shape.division())
                > DEPTH);
  }

  static VacuumRequest request(TableShape shape) {
    boolean sort = !shape.sortKey().isEmpty();
    return new VacuumRequest(
        shape, true, sort, false, THRESHOLD_PERCENT, VacuumRequest.Cause.AUTOMATIC);
  }

  /// Remembers how a table stands after it has been cleaned up.
  void done(TableSnapshot table) {
    checkedVersions.put(table.tableId(), table.contentVersion());
    sortedRows.put(table.tableId(), table.rowCount());
  }
}

package io.redward.leader.physical;

import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.ValueBounds;
import java.util.List;
import java.util.Optional;

/// What a plan takes for granted of the stored data: it is right only where every claim holds. The
/// session asks [#holdIn] before each execution and plans anew if something has outgrown it. Claims
/// are rounded outwards to powers of two, so that ordinary growth does not void a plan.
public record PlanAssumptions(List<ColumnBounds> bounds, List<RowBound> rows) {
  public PlanAssumptions {
    bounds = List.copyOf(bounds);
    rows = List.copyOf(rows);
  }

  /// True if every claim holds of the tables as `snapshot` shows them.
  public boolean holdIn(Snapshot snapshot) {
    for (ColumnBounds claim : bounds) {
      Optional<ValueBounds> actual =
          snapshot
              .table(claim.tableId())
              .statistics(claim.columnId())
              .flatMap(ColumnStatistics::bounds);
      if (actual.isPresent() && !ValueRange.of(actual.get()).within(claim.min(), claim.max())) {
        return false;
      }
    }
    for (RowBound claim : rows) {
      if (snapshot.table(claim.tableId()).rowCount() > claim.maxRows()) {
        return false;
      }
    }
    return true;
  }
}

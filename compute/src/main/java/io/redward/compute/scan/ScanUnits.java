package io.redward.compute.scan;

import io.redward.plan.step.SourceStep.TableScan;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;

/// Cuts a table into the units that a scan must read: the blocks that zone maps do not rule out, or
/// quarters of them where there are too few to keep several workers evenly busy.
final class ScanUnits {
  private static final int FEW_UNITS = 24;
  private static final int PIECE_ROWS = RowsetSnapshot.BLOCK_ROWS / 4;

  private ScanUnits() {}

  static List<ScanUnit> of(
      TableScan scan, TableSnapshot table, List<FieldFilter> filters, List<KeyFilter> keyFilters) {
    List<ScanUnit> units = new ArrayList<>();
    for (RowsetSnapshot rowset : table.rowsets()) {
      for (int block = 0; block < rowset.blockCount(); block++) {
        long satisfied = satisfied(scan, rowset, block, filters);
        if (satisfied >= 0 && mayJoin(scan, rowset, block, keyFilters)) {
          units.add(new ScanUnit(rowset, block, 0, rowset.blockRows(block), satisfied));
        }
      }
    }
    return units.size() < FEW_UNITS ? pieces(units) : units;
  }

  private static List<ScanUnit> pieces(List<ScanUnit> blocks) {
    List<ScanUnit> pieces = new ArrayList<>();
    for (ScanUnit block : blocks) {
      for (int from = 0; from < block.to(); from += PIECE_ROWS) {
        int to = Math.min(block.to(), from + PIECE_ROWS);
        pieces.add(new ScanUnit(block.rowset(), block.block(), from, to, block.satisfied()));
      }
    }
    return pieces;
  }

  /// The filters that every row of the block passes, or -1 if no row passes one of them.
  private static long satisfied(
      TableScan scan, RowsetSnapshot rowset, int block, List<FieldFilter> filters) {
    long satisfied = 0;
    for (int i = 0; i < filters.size(); i++) {
      FieldFilter filter = filters.get(i);
      int columnId = scan.columnIds()[filter.field()];
      Verdict verdict =
          rowset.hasColumn(columnId)
              ? ZoneMaps.judge(filter.filter(), rowset.summary(columnId, block))
              : filter.filter() instanceof ColumnFilter.Absent ? Verdict.ALL : Verdict.NONE;
      if (verdict == Verdict.NONE) {
        return -1;
      }
      if (verdict == Verdict.ALL && i < Long.SIZE - 1) {
        satisfied |= 1L << i;
      }
    }
    return satisfied;
  }

  private static boolean mayJoin(
      TableScan scan, RowsetSnapshot rowset, int block, List<KeyFilter> keyFilters) {
    for (KeyFilter filter : keyFilters) {
      int columnId = scan.columnIds()[filter.field()];
      if (!rowset.hasColumn(columnId)) {
        return false;
      }
      BlockSummary summary = rowset.summary(columnId, block);
      if (summary.bounds().isEmpty() || !filter.mayMatch(summary.bounds().get())) {
        return false;
      }
    }
    return true;
  }
}

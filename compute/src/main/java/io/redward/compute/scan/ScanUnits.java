package io.redward.compute.scan;

import io.redward.plan.step.SourceStep.TableScan;
import io.redward.runtime.kernel.LongSet;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowSpan;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;

/// Cuts a table into the units that a scan must read: the blocks that zone maps do not rule out, or
/// quarters of them where there are too few to keep several workers evenly busy.
final class ScanUnits {
  private static final int FEW_UNITS = 24;
  private static final int FEW_BLOCKS = 4;
  private static final int PIECE_ROWS = RowsetSnapshot.BLOCK_ROWS / 4;

  private ScanUnits() {}

  static List<ScanUnit> of(
      TableScan scan, TableSnapshot table, List<FieldFilter> filters, List<KeyFilter> keyFilters) {
    List<ScanUnit> units = new ArrayList<>();
    for (RowsetSnapshot rowset : table.rowsets()) {
      RowSpan searched = searched(scan, rowset, filters);
      for (int block = searched.from(); block < searched.to(); block++) {
        long satisfied = satisfied(scan, rowset, block, filters);
        if (satisfied >= 0 && mayJoin(scan, rowset, block, keyFilters)) {
          units.add(new ScanUnit(rowset, block, 0, rowset.blockRows(block), satisfied));
        }
      }
    }
    if (units.size() <= FEW_BLOCKS) {
      units = narrowed(scan, units, filters);
    }
    return units.size() < FEW_UNITS ? pieces(units) : units;
  }

  /// The blocks that are left by a search in columns that the rows are in order of.
  private static RowSpan searched(
      TableScan scan, RowsetSnapshot rowset, List<FieldFilter> filters) {
    int from = 0;
    int to = rowset.blockCount();
    for (FieldFilter filter : filters) {
      if (to > 1 && filter.filter() instanceof ColumnFilter.LongRange(long low, long high)) {
        RowSpan span = rowset.blocksBetween(scan.columnIds()[filter.field()], low, high);
        from = Math.max(from, span.from());
        to = Math.min(to, span.to());
      }
    }
    return new RowSpan(from, to);
  }

  /// The parts of the blocks that may hold what the filters on integers ask for. Only for a few
  /// blocks, because they are read here, by one thread.
  private static List<ScanUnit> narrowed(
      TableScan scan, List<ScanUnit> blocks, List<FieldFilter> filters) {
    List<ScanUnit> units = blocks;
    for (FieldFilter filter : filters) {
      int columnId = scan.columnIds()[filter.field()];
      switch (filter.filter()) {
        case ColumnFilter.LongRange(long low, long high) ->
            units = narrowed(units, columnId, low, high);
        case ColumnFilter.LongIn(LongSet set) ->
            units = narrowed(units, columnId, set.min(), set.max());
        default -> {}
      }
    }
    return units;
  }

  private static List<ScanUnit> narrowed(List<ScanUnit> units, int columnId, long low, long high) {
    if (units.size() > 1) {
      for (ScanUnit unit : units) {
        unit.rowset().prefetch(columnId, unit.block(), () -> true);
      }
    }
    List<ScanUnit> narrowed = new ArrayList<>();
    for (ScanUnit unit : units) {
      if (!unit.rowset().hasColumn(columnId)) {
        continue;
      }
      RowSpan span = unit.rowset().block(columnId, unit.block()).spanBetween(low, high);
      int from = Math.max(unit.from(), span.from() & -Long.SIZE);
      int to = Math.min(unit.to(), span.to());
      if (from < to) {
        narrowed.add(new ScanUnit(unit.rowset(), unit.block(), from, to, unit.satisfied()));
      }
    }
    return narrowed;
  }

  /// True if waking another thread would cost more than it could take over.
  static boolean fewRows(List<ScanUnit> units) {
    int rows = 0;
    for (int i = 0; i < units.size() && rows <= PIECE_ROWS; i++) {
      rows += units.get(i).to() - units.get(i).from();
    }
    return rows <= PIECE_ROWS;
  }

  private static List<ScanUnit> pieces(List<ScanUnit> blocks) {
    List<ScanUnit> pieces = new ArrayList<>();
    for (ScanUnit block : blocks) {
      for (int from = block.from(); from < block.to(); from += PIECE_ROWS) {
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

package io.redward.compute.scan;

import io.redward.plan.step.SourceStep.TableScan;

/// One worker's use of a [TopBound], looked up anew for every unit and chunk.
final class TopFilterState {
  private final TopBound bound;
  private final ScanColumn column;

  TopFilterState(TopBound bound, ScanColumn column) {
    this.bound = bound;
    this.column = column;
  }

  /// False if no row of the unit can be wanted any more.
  boolean openUnit(ScanUnit unit, TableScan scan) {
    ColumnFilter filter = bound.filter();
    int columnId = scan.columnIds()[bound.field()];
    return filter == null
        || !unit.rowset().hasColumn(columnId)
        || unit.rowset().summary(columnId, unit.block()).nullCount() > 0
        || ZoneMaps.judge(filter, unit.rowset().summary(columnId, unit.block())) != Verdict.NONE;
  }

  /// Narrows the `live` rows of a chunk and returns how many stay; chunks with nulls stay whole.
  int keep(int from, int count, int[] selection, int live) {
    ColumnFilter filter = bound.filter();
    if (filter == null) {
      return live;
    }
    boolean dense = live == count;
    column.fill(from, count, selection, live, dense);
    return column.vector().hasNulls
        ? live
        : ColumnFilter.apply(filter, column.vector(), selection, live, dense);
  }
}

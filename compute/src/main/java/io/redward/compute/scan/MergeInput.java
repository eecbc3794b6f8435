package io.redward.compute.scan;

import io.redward.compute.step.BatchReader;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.SourceStep.ScanPredicate;
import io.redward.plan.step.SourceStep.TableScan;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// One side of a merge join: a table whose rows can be read in the order of the keys.
///
/// @param keys the key fields of the scan, most significant first
public record MergeInput(
    TableScan scan,
    TableSnapshot table,
    int[] keys,
    List<Constant> parameters,
    ScanHints hints,
    MemoryBudget budget) {

  /// What of the table is looked at.
  public ReadScope scope() {
    List<FieldFilter> filters = FieldFilter.of(scan.predicates(), scan.fields(), parameters);
    return filters.isEmpty() ? ReadScope.TABLE : new ScanScope(scan.columnIds(), filters);
  }

  /// The rows that also pass `more`, in key order; no key may be NULL in them.
  BatchReader ordered(List<ScanPredicate> more, CancelToken cancel) {
    TableScan narrowed = with(more);
    List<BatchReader> runs = new ArrayList<>();
    for (RowsetSnapshot rowset : table.rowsets()) {
      TableScanSource source = source(narrowed, new OneRowset(table, rowset), cancel);
      if (source.workUnits() > 0) {
        BatchReader reader = source.open();
        runs.add(
            isOrdered(rowset)
                ? reader
                : new SortingReader(reader, scan, keys, hints.used(), budget));
      }
    }
    return runs.size() == 1
        ? runs.getFirst()
        : new MergingReader(runs, scan.fields(), hints.used(), keys);
  }

  /// The rows that also pass `more`, in any order.
  BatchReader unordered(List<ScanPredicate> more, CancelToken cancel) {
    return source(with(more), table, cancel).open();
  }

  private TableScanSource source(TableScan narrowed, TableSnapshot rows, CancelToken cancel) {
    ScanHints plain = new ScanHints(hints.used(), hints.keyFilters(), Optional.empty());
    return new TableScanSource(narrowed, rows, parameters, plain, cancel);
  }

  private boolean isOrdered(RowsetSnapshot rowset) {
    List<Integer> sortKey = rowset.sortKey();
    if (sortKey.size() < keys.length) {
      return false;
    }
    for (int i = 0; i < keys.length; i++) {
      if (sortKey.get(i) != scan.columnIds()[keys[i]]) {
        return false;
      }
    }
    return true;
  }

  private TableScan with(List<ScanPredicate> more) {
    List<ScanPredicate> predicates = new ArrayList<>(more);
    predicates.addAll(scan.predicates());
    return new TableScan(
        scan.tableId(),
        scan.tableName(),
        scan.columnIds(),
        scan.fields(),
        predicates,
        scan.joinFilters(),
        false,
        scan.placement());
  }
}

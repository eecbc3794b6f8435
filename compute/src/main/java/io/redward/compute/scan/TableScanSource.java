package io.redward.compute.scan;

import io.redward.compute.step.BatchReader;
import io.redward.compute.step.BatchSource;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.SourceStep.TableScan;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.TableSnapshot;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/// A scan of a stored table, opened: the units that zone maps left, handed out one by one.
public final class TableScanSource implements BatchSource {
  private final TableScan scan;
  private final ScanHints hints;
  private final List<FieldFilter> filters;
  private final CancelToken cancel;
  private final List<ScanUnit> units;
  private final boolean alone;
  private final ScanPrefetch prefetch;
  private final AtomicInteger taken = new AtomicInteger();

  public TableScanSource(
      TableScan scan,
      TableSnapshot table,
      List<Constant> parameters,
      ScanHints hints,
      CancelToken cancel) {
    this.scan = scan;
    this.hints = hints;
    this.cancel = cancel;
    filters = FieldFilter.of(scan.predicates(), scan.fields(), parameters);
    units = ScanUnits.of(scan, table, filters, hints.keyFilters());
    alone = ScanUnits.fewRows(units);
    prefetch = ScanPrefetch.of(scan, units, filters, hints, cancel);
  }

  /// What the scan is after, for those who certify that nobody has changed it.
  public ReadScope scope() {
    return scope(filters, scan);
  }

  /// What a scan that is run elsewhere is after.
  public static ReadScope scope(TableScan scan, List<Constant> parameters) {
    return scope(FieldFilter.of(scan.predicates(), scan.fields(), parameters), scan);
  }

  /// Rows that a scan has to look at, as far as zone maps tell.
  public static long rowsAtMost(TableScan scan, TableSnapshot table, List<Constant> parameters) {
    List<FieldFilter> filters = FieldFilter.of(scan.predicates(), scan.fields(), parameters);
    return rows(ScanUnits.of(scan, table, filters, List.of()));
  }

  private static ReadScope scope(List<FieldFilter> filters, TableScan scan) {
    return filters.isEmpty() ? ReadScope.TABLE : new ScanScope(scan.columnIds(), filters);
  }

  @Override
  public int workUnits() {
    return alone ? Math.min(1, units.size()) : units.size();
  }

  @Override
  public long rowsAtMost() {
    return rows(units);
  }

  private static long rows(List<ScanUnit> units) {
    long rows = 0;
    for (ScanUnit unit : units) {
      rows += unit.to() - unit.from();
    }
    return rows;
  }

  @Override
  public int unitsTaken() {
    return Math.min(taken.get(), workUnits());
  }

  @Override
  public BatchReader open() {
    return new TableScanReader(this);
  }

  @Nullable ScanUnit take() {
    int index = taken.getAndIncrement();
    if (index >= units.size()) {
      return null;
    }
    prefetch.taken(index);
    return units.get(index);
  }

  ScanPrefetch prefetch() {
    return prefetch;
  }

  /// Looked at after every unit, since a unit may yield no row.
  CancelToken cancel() {
    return cancel;
  }

  /// Rows a reader's batch must hold: a whole batch's, or those of the largest unit if that is
  /// less, since filling arrays with zeros is what a scan of a small table would spend its time on.
  int batchRows() {
    int rows = 64;
    for (ScanUnit unit : units) {
      rows = Math.max(rows, unit.to() - unit.from());
      if (rows >= Batch.CAPACITY) {
        return Batch.CAPACITY;
      }
    }
    return rows;
  }

  TableScan scan() {
    return scan;
  }

  ScanHints hints() {
    return hints;
  }

  List<FieldFilter> filters() {
    return filters;
  }
}

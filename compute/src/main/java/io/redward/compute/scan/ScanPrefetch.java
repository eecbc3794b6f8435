package io.redward.compute.scan;

import io.redward.foundation.base.CancelToken;
import io.redward.plan.step.SourceStep.TableScan;
import io.redward.storage.table.RowsetSnapshot;
import java.util.BitSet;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;

/// Has the blocks of coming units read while the present ones are scanned. Thread-safe.
///
/// The columns that units are filtered by are always read ahead; the others once at least half of
/// the units so far had rows to read them for, and at once where nothing is filtered.
final class ScanPrefetch {
  private static final int UNITS_AHEAD = 8;

  private final List<ScanUnit> units;
  private final int[] first;
  private final int[] second;
  private final CancelToken cancel;
  private final AtomicInteger askedFirst = new AtomicInteger();
  private final AtomicInteger askedSecond = new AtomicInteger();
  private final AtomicInteger fruitful = new AtomicInteger();
  private volatile int taken;

  private ScanPrefetch(List<ScanUnit> units, int[] first, int[] second, CancelToken cancel) {
    this.units = units;
    this.first = first;
    this.second = second;
    this.cancel = cancel;
  }

  static ScanPrefetch of(
      TableScan scan,
      List<ScanUnit> units,
      List<FieldFilter> filters,
      ScanHints hints,
      CancelToken cancel) {
    BitSet filtering = new BitSet();
    filters.forEach(filter -> filtering.set(filter.field()));
    hints.keyFilters().forEach(filter -> filtering.set(filter.field()));
    hints.top().ifPresent(top -> filtering.set(top.field()));
    BitSet others = new BitSet();
    int[] ids = scan.columnIds();
    for (int field = 0; field < ids.length; field++) {
      others.set(field, hints.used()[field] && !filtering.get(field));
    }
    int[] first = filtering.stream().map(field -> ids[field]).toArray();
    int[] second = others.stream().map(field -> ids[field]).toArray();
    return first.length == 0
        ? new ScanPrefetch(units, second, first, cancel)
        : new ScanPrefetch(units, first, second, cancel);
  }

  /// A worker has taken the unit at `index`.
  void taken(int index) {
    taken = index;
    int until = Math.min(units.size(), index + 1 + UNITS_AHEAD);
    askUntil(until, askedFirst, index, first);
    if (index > 0 && 2 * fruitful.get() >= index) {
      askUntil(until, askedSecond, index + 1, second);
    }
  }

  /// The unit, being scanned, has rows that pass its filters: now its other columns are needed.
  void fruitful(ScanUnit unit) {
    fruitful.incrementAndGet();
    if (second.length > 1) {
      ask(unit, second, () -> !cancel.canceled());
    }
  }

  private void askUntil(int until, AtomicInteger asked, int least, int[] columnIds) {
    int before = asked.getAndAccumulate(until, Math::max);
    for (int i = Math.max(before, least); i < until; i++) {
      int index = i;
      // Units behind the one last taken have been read or passed over.
      ask(units.get(i), columnIds, () -> !cancel.canceled() && taken <= index);
    }
  }

  private static void ask(ScanUnit unit, int[] columnIds, BooleanSupplier wanted) {
    RowsetSnapshot rowset = unit.rowset();
    for (int column : columnIds) {
      if (rowset.hasColumn(column)) {
        rowset.prefetch(column, unit.block(), wanted);
      }
    }
  }
}

package io.redward.compute.scan;

import io.redward.compute.step.BatchReader;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.types.Physical;
import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep.TableScan;
import io.redward.runtime.kernel.Selections;
import io.redward.storage.cache.BlockReads;
import io.redward.storage.table.RowsetSnapshot;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// One worker of a table scan. Goes through its units chunk by chunk: deleted rows are masked, then
/// each filter narrows the selection, the most useful first, then the columns that somebody reads
/// are decoded for the rows that are left; a chunk without any is passed over.
final class TableScanReader implements BatchReader {
  private final TableScanSource source;
  private final Batch batch;
  private final ScanColumn[] columns;
  private final FilterState[] filters;
  private final KeyFilterState[] keyFilters;
  private final @Nullable TopFilterState top;

  private @Nullable ScanUnit unit;
  private int position;
  private int end;
  private boolean fruitful;
  private long[] deleted = new long[0];
  private BlockReads reads = BlockReads.current();

  TableScanReader(TableScanSource source) {
    this.source = source;
    TableScan scan = source.scan();
    List<Physical> forms = new ArrayList<>();
    for (Field field : scan.fields()) {
      forms.add(field.physical());
    }
    batch = new Batch(forms, source.batchRows());
    columns = new ScanColumn[scan.columnIds().length];
    for (int i = 0; i < columns.length; i++) {
      columns[i] = new ScanColumn(scan.columnIds()[i], scan.fields().get(i), batch.vectors[i]);
    }
    filters = new FilterState[source.filters().size()];
    for (int i = 0; i < filters.length; i++) {
      FieldFilter filter = source.filters().get(i);
      filters[i] = new FilterState(i, filter, columns[filter.field()]);
    }
    keyFilters =
        source.hints().keyFilters().stream()
            .map(filter -> new KeyFilterState(filter, columns[filter.field()]))
            .toArray(KeyFilterState[]::new);
    top =
        source
            .hints()
            .top()
            .map(bound -> new TopFilterState(bound, columns[bound.field()]))
            .orElse(null);
  }

  @Override
  public Batch batch() {
    return batch;
  }

  @Override
  public boolean next() {
    while (true) {
      if (unit == null && !openUnit()) {
        return false;
      }
      while (position < end) {
        int from = position;
        int count = Math.min(batch.capacity(), end - from);
        position += count;
        if (readChunk(from, count)) {
          return true;
        }
      }
      unit = null;
      source.cancel().check();
    }
  }

  private boolean openUnit() {
    ScanUnit taken = source.take();
    while (taken != null && !openUnit(taken)) {
      taken = source.take();
    }
    unit = taken;
    fruitful = false;
    Arrays.sort(filters, FilterState.BEST_FIRST);
    Arrays.sort(keyFilters, KeyFilterState.FEWEST_FIRST);
    return taken != null;
  }

  /// False if the dictionaries show that no row of the unit passes.
  private boolean openUnit(ScanUnit taken) {
    RowsetSnapshot rowset = taken.rowset();
    position = taken.from();
    end = taken.to();
    reads = BlockReads.current();
    Optional<long[]> mask = rowset.deletedRows();
    deleted = mask.orElseGet(() -> new long[0]);
    for (ScanColumn column : columns) {
      column.openUnit(rowset, taken.block());
    }
    for (int i = 0; i < filters.length; i++) {
      if (!filters[i].openUnit(taken.satisfied(), end - position)) {
        return false;
      }
    }
    return top == null || top.openUnit(taken, source.scan());
  }

  private boolean readChunk(int from, int count) {
    int[] selection = batch.selection;
    for (ScanColumn column : columns) {
      column.openChunk();
    }
    int live = count;
    if (deleted.length > 0 && unit != null) {
      int firstRow = unit.block() * RowsetSnapshot.BLOCK_ROWS + from;
      live = Selections.whereClear(deleted, firstRow >> 6, count, selection);
    }
    reads.lookedAt(count, count - live);
    for (int i = 0; i < filters.length && live > 0; i++) {
      live = filters[i].keep(from, count, selection, live);
    }
    for (int i = 0; i < keyFilters.length && live > 0; i++) {
      live = keyFilters[i].keep(from, count, selection, live);
    }
    if (top != null && live > 0) {
      live = top.keep(from, count, selection, live);
    }
    if (live == 0) {
      return false;
    }
    if (!fruitful && unit != null) {
      fruitful = true;
      source.prefetch().fruitful(unit);
    }
    boolean dense = live == count;
    for (int i = 0; i < columns.length; i++) {
      if (source.hints().used()[i]) {
        columns[i].fill(from, count, selection, live, dense);
      }
    }
    if (source.scan().rowIds() && unit != null) {
      fillRowIds(unit, from, count, (LongVector) batch.vectors[columns.length]);
    }
    batch.dense = dense;
    batch.selectedCount = live;
    return true;
  }

  private static void fillRowIds(ScanUnit unit, int from, int count, LongVector ids) {
    long first =
        RowsetSnapshot.rowId(
            unit.rowset().rowsetId(), unit.block() * RowsetSnapshot.BLOCK_ROWS + from);
    for (int row = 0; row < count; row++) {
      ids.values[row] = first + row;
    }
    ids.reset();
  }
}

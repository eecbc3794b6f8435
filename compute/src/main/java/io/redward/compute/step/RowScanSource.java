package io.redward.compute.step;

import io.redward.foundation.batch.Batch;
import io.redward.plan.step.Field;
import io.redward.runtime.row.RowScan;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// The rows of a sealed state, a unit a batch; units are handed out in order, so that a single
/// reader sees the state's order.
public final class RowScanSource implements BatchSource {
  private final RowScan scan;
  private final List<Field> fields;
  private final boolean ordered;
  private final AtomicInteger taken = new AtomicInteger();

  /// @param ordered true if the rows must stay in order, which takes a single reader
  public RowScanSource(RowScan scan, List<Field> fields, boolean ordered) {
    this.scan = scan;
    this.fields = fields;
    this.ordered = ordered;
  }

  @Override
  public int workUnits() {
    return ordered ? Math.min(1, scan.unitCount()) : scan.unitCount();
  }

  @Override
  public long rowsAtMost() {
    return scan.rowCount();
  }

  @Override
  public int unitsTaken() {
    return Math.min(taken.get(), workUnits());
  }

  @Override
  public BatchReader open() {
    return new Reader(this);
  }

  private static final class Reader implements BatchReader {
    private final RowScanSource source;
    private final Batch batch;

    Reader(RowScanSource source) {
      this.source = source;
      int rows = Math.clamp(source.scan.rowCount(), 64, Batch.CAPACITY);
      batch = new Batch(source.fields.stream().map(Field::physical).toList(), rows);
    }

    @Override
    public boolean next() {
      int unit = source.taken.getAndIncrement();
      if (unit >= source.scan.unitCount()) {
        return false;
      }
      source.scan.fill(unit, batch);
      return true;
    }

    @Override
    public Batch batch() {
      return batch;
    }
  }
}

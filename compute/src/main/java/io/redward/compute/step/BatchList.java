package io.redward.compute.step;

import io.redward.foundation.batch.Batch;
import io.redward.plan.step.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/// A source whose rows are all at hand: those of a system table or of a VALUES list. Filled by one
/// thread before it is opened.
final class BatchList implements BatchSource {
  /// Most such sources are a row or a few.
  private static final int FIRST_ROWS = 64;

  private final List<Field> fields;
  private final List<Batch> batches = new ArrayList<>();
  private final AtomicInteger taken = new AtomicInteger();

  BatchList(List<Field> fields) {
    this.fields = fields;
  }

  /// The batch whose row `selectedCount` comes next; the caller writes it, then calls `rowWritten`.
  Batch openRow() {
    if (batches.isEmpty() || batches.getLast().selectedCount == batches.getLast().capacity()) {
      int capacity = batches.isEmpty() ? FIRST_ROWS : Batch.CAPACITY;
      batches.add(new Batch(fields.stream().map(Field::physical).toList(), capacity));
    }
    return batches.getLast();
  }

  /// Adds a batch that is full as it is.
  void add(Batch batch) {
    batches.add(batch);
  }

  void rowWritten() {
    batches.getLast().selectedCount++;
  }

  @Override
  public int workUnits() {
    return batches.size();
  }

  @Override
  public int unitsTaken() {
    return Math.min(taken.get(), workUnits());
  }

  @Override
  public BatchReader open() {
    return new Reader(this, new Batch(List.of()));
  }

  private static final class Reader implements BatchReader {
    private final BatchList list;
    private Batch batch;

    Reader(BatchList list, Batch batch) {
      this.list = list;
      this.batch = batch;
    }

    @Override
    public boolean next() {
      int index = list.taken.getAndIncrement();
      if (index >= list.batches.size()) {
        return false;
      }
      batch = list.batches.get(index);
      return true;
    }

    @Override
    public Batch batch() {
      return batch;
    }
  }
}

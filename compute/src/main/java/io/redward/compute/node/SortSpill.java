package io.redward.compute.node;

import io.redward.compute.step.BatchReader;
import io.redward.compute.step.BatchSource;
import io.redward.foundation.batch.Batch;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.sort.BufferSorter;
import io.redward.runtime.spill.BlockWriter;
import io.redward.runtime.spill.RunMerge;
import io.redward.runtime.spill.SpillRun;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/// A sort on disk: parts become sorted runs, which are merged when they are read.
final class SortSpill extends BufferSpill {
  private final SinkStep.Sort step;
  private final List<SpillRun> runs = new ArrayList<>();

  SortSpill(SinkStep.Sort step, RowBuffer state, QueryMemory memory) {
    super(state, memory);
    this.step = step;
  }

  @Override
  void move(Object part) {
    RowWriter writer = (RowWriter) part;
    RowBuffer rows = state.ofPart(writer);
    long most =
        step.limit().isPresent() ? step.offset() + step.limit().getAsLong() : Long.MAX_VALUE;
    if (!step.keys().isEmpty()) {
      new BufferSorter(rows, step.keys(), memory().budget())
          .sort(0, most < 0 ? Long.MAX_VALUE : most, Parallel.SEQUENTIAL);
    }
    SpillRun run = new SpillRun(memory().file());
    RowsSpill.write(rows, new BlockWriter(form, run));
    writer.discard();
    synchronized (runs) {
      runs.add(run);
    }
  }

  @Override
  BatchSource source(List<Field> fields) {
    AtomicBoolean taken = new AtomicBoolean();
    return new BatchSource() {
      @Override
      public int workUnits() {
        return 1;
      }

      @Override
      public BatchReader open() {
        Batch batch = new Batch(fields.stream().map(Field::physical).toList());
        return taken.getAndSet(true) ? new Reader(null, batch, 0) : reader(batch);
      }
    };
  }

  private Reader reader(Batch batch) {
    RunMerge merge = new RunMerge(form, step.keys(), runs);
    merge.skip(step.offset());
    return new Reader(merge, batch, step.limit().orElse(Long.MAX_VALUE));
  }

  private static final class Reader implements BatchReader {
    private final @Nullable RunMerge merge;
    private final Batch batch;
    private long left;

    Reader(@Nullable RunMerge merge, Batch batch, long left) {
      this.merge = merge;
      this.batch = batch;
      this.left = left;
    }

    @Override
    public boolean next() {
      if (merge == null || left <= 0 || !merge.fill(batch, left)) {
        return false;
      }
      left -= batch.selectedCount;
      return true;
    }

    @Override
    public Batch batch() {
      return batch;
    }
  }
}

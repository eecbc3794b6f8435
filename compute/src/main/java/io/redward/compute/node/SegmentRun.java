package io.redward.compute.node;

import io.redward.compute.node.WorkSlots.Slot;
import io.redward.compute.step.BatchReader;
import io.redward.compute.step.BatchSource;
import io.redward.foundation.batch.Batch;
import io.redward.plan.run.SegmentProfile;
import io.redward.runtime.segment.CompiledSegment;
import io.redward.runtime.segment.SegmentProgram;
import io.redward.storage.cache.BlockReads;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/// One segment at work: its source drained through its program into its output by one or more
/// workers. A source of a single work unit is worked off on the calling thread alone, without
/// waiting for a slot, so that short queries do not queue behind long ones; if that is a virtual
/// thread, it lets others have its carrier after each batch.
final class SegmentRun {
  /// Blocks are counted, for those who watch, after so many batches.
  private static final int BATCHES_BETWEEN = 32;

  private final Statement statement;
  private final States states;
  private final Workers workers;
  private final CompiledSegment compiled;
  private final BatchSource source;
  private final SegmentOutput output;
  private final SegmentOutput.Hints hints;
  private final List<WorkerOutput> outputs = new ArrayList<>();
  private final LongAdder sourceRows = new LongAdder();
  private final LongAdder sinkRows = new LongAdder();
  private final AtomicReference<SegmentProfile.Blocks> blocks =
      new AtomicReference<>(SegmentProfile.Blocks.NONE);
  private volatile boolean failed;

  SegmentRun(
      Statement statement,
      States states,
      Workers workers,
      CompiledSegment compiled,
      BatchSource source,
      SegmentOutput output,
      SegmentOutput.Hints hints) {
    this.statement = statement;
    this.states = states;
    this.workers = workers;
    this.compiled = compiled;
    this.source = source;
    this.output = output;
    this.hints = hints;
  }

  /// Drains the source with at most so many workers; the output is not finished.
  void run(int most) {
    int count = Math.clamp(source.workUnits(), 1, most);
    boolean ended = false;
    try {
      for (int worker = 0; worker < count; worker++) {
        outputs.add(output.open(hints));
      }
      if (count == 1 && source.workUnits() <= 1) {
        work(0, Thread.currentThread().isVirtual() ? Thread::yield : () -> {});
      } else {
        workers.spread(count, this::workWithSlot);
      }
      ended = true;
    } finally {
      if (!ended) {
        output.abort();
      }
    }
  }

  long sourceRows() {
    return sourceRows.sum();
  }

  long sinkRows() {
    return sinkRows.sum();
  }

  SegmentProfile.Blocks blocks() {
    return blocks.get();
  }

  private void workWithSlot(int worker) {
    try (Slot slot = workers.slot()) {
      outputs.get(worker).slot(slot);
      work(worker, slot::yieldIfDue);
    } catch (Throwable thrown) {
      failed = true;
      throw thrown;
    }
  }

  private void work(int worker, Runnable pause) {
    WorkerOutput mine = outputs.get(worker);
    WorkerContext context = new WorkerContext(statement, states, mine);
    SegmentProgram program = compiled.newProgram();
    program.open(context);
    SegmentProfile.Blocks before = readByThread();
    BatchReader reader = source.open();
    long told = 0;
    int batches = 0;
    while (!failed && !output.satisfied() && reader.next()) {
      statement.cancel().check();
      Batch batch = reader.batch();
      sourceRows.add(batch.selectedCount);
      statement.progress().read(batch.selectedCount);
      program.process(batch);
      sinkRows.add(program.sinkRows - told);
      told = program.sinkRows;
      if (mine.afterBatch()) {
        program = compiled.newProgram();
        program.open(context);
        told = 0;
      }
      if (++batches % BATCHES_BETWEEN == 0) {
        before = tell(before);
      }
      pause.run();
    }
    statement.cancel().check();
    if (!failed) {
      program.finish();
    }
    sinkRows.add(program.sinkRows - told);
    tell(before);
  }

  /// Adds the blocks that this thread has asked for since; returns how many it has in all.
  private SegmentProfile.Blocks tell(SegmentProfile.Blocks before) {
    SegmentProfile.Blocks all = readByThread();
    blocks.accumulateAndGet(all.minus(before), SegmentProfile.Blocks::plus);
    return all;
  }

  private static SegmentProfile.Blocks readByThread() {
    BlockReads reads = BlockReads.current();
    return new SegmentProfile.Blocks(
        reads.cached(),
        reads.loaded(),
        reads.cachedBytes(),
        reads.loadedBytes(),
        reads.rows(),
        reads.deletedRows());
  }
}

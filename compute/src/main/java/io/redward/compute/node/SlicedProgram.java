package io.redward.compute.node;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.plan.step.Segment;
import io.redward.plan.step.TransformStep;
import io.redward.runtime.join.JoinTable;
import io.redward.runtime.segment.CompiledSegment;
import io.redward.runtime.segment.SegmentContext;
import io.redward.runtime.segment.SegmentProgram;

/// A program whose rows may each yield very many: it is given its batches in slices, so that a
/// cancellation is seen between them.
final class SlicedProgram extends SegmentProgram {
  /// Pairs of rows that nested loops look at between two looks at the cancel token: some ten
  /// milliseconds.
  private static final long PAIRS = 1 << 22;

  /// Rows in a slice where a join may find several matches for each.
  private static final int JOIN_ROWS = 256;

  private final SegmentProgram program;
  private final int rows;
  private final CancelToken cancel;
  private final int[] selection = new int[Batch.CAPACITY];

  private SlicedProgram(SegmentProgram program, int rows, CancelToken cancel) {
    this.program = program;
    this.rows = rows;
    this.cancel = cancel;
  }

  /// `compiled` itself, or in slices where its transforms multiply rows.
  static CompiledSegment wrap(
      Segment segment, CompiledSegment compiled, States states, CancelToken cancel) {
    int rows = sliceRows(segment, states);
    if (rows >= Batch.CAPACITY) {
      return compiled;
    }
    return new CompiledSegment(
        () -> new SlicedProgram(compiled.newProgram(), rows, cancel),
        compiled.made(),
        compiled.cached(),
        compiled.code());
  }

  private static int sliceRows(Segment segment, States states) {
    long pairs = 1;
    boolean fansOut = false;
    for (TransformStep step : segment.transforms()) {
      switch (step) {
        case TransformStep.NestedLoop loop -> {
          long inner = Math.max(1, states.get(loop.stateId()).rowCount());
          pairs = pairs > PAIRS / inner ? PAIRS : pairs * inner;
        }
        case TransformStep.Probe probe ->
            fansOut |= !((JoinTable) states.get(probe.stateId())).unique;
        case TransformStep.Unnest _ -> fansOut = true;
        case TransformStep.Filter _, TransformStep.Project _, TransformStep.Expand _ -> {}
      }
    }
    int rows = (int) Math.clamp(PAIRS / pairs, 1, Batch.CAPACITY);
    return fansOut ? Math.min(rows, JOIN_ROWS) : rows;
  }

  @Override
  public void open(SegmentContext context) {
    program.open(context);
  }

  @Override
  public void process(Batch batch) {
    int count = batch.selectedCount;
    if (count <= rows) {
      program.process(batch);
    } else {
      processSlices(batch, count);
    }
    sinkRows = program.sinkRows;
  }

  private void processSlices(Batch batch, int count) {
    for (int i = 0; i < count; i++) {
      selection[i] = batch.row(i);
    }
    batch.dense = false;
    for (int from = 0; from < count; from += rows) {
      cancel.check();
      batch.selectedCount = Math.min(rows, count - from);
      System.arraycopy(selection, from, batch.selection, 0, batch.selectedCount);
      program.process(batch);
      if (Thread.currentThread().isVirtual()) {
        Thread.yield();
      }
    }
  }

  @Override
  public void finish() {
    program.finish();
    sinkRows = program.sinkRows;
  }
}

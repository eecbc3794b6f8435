package io.redward.compute.node;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.batch.Vector;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowWriter;
import io.redward.runtime.segment.Parallel;
import io.redward.runtime.segment.SinkState;
import io.redward.runtime.sort.BufferSorter;
import io.redward.runtime.sort.TopRows;
import io.redward.runtime.window.BufferWindow;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/// Rows that go into a state: parts while workers run, then sealed, sorted or windowed. Several
/// segments may fill one state, one after another; it is sealed when the last has finished.
final class StateOutput implements SegmentOutput {
  /// A sort of which at most so many rows are wanted drops the others as they come.
  private static final long MAX_TOP_ROWS = 1 << 18;

  private final SinkStep step;
  private final SinkState state;
  private final MemoryBudget budget;
  private final List<Object> parts = new ArrayList<>();
  private final List<TopRows> tops = new ArrayList<>();
  private int segmentsLeft;

  /// @param segments how many segments will fill the state
  StateOutput(SinkStep step, SinkState state, MemoryBudget budget, int segments) {
    this.step = step;
    this.state = state;
    this.budget = budget;
    segmentsLeft = segments;
  }

  @Override
  public WorkerOutput open(Consumer<Vector> lastWanted) {
    if (step instanceof SinkStep.Sort sort
        && sort.limit().isPresent()
        && sort.limit().getAsLong() <= MAX_TOP_ROWS
        && sort.offset() <= MAX_TOP_ROWS) {
      TopRows top = new TopRows(sort, budget, lastWanted);
      tops.add(top);
      return new WorkerOutput.Top(top);
    }
    Object part = state.newPart();
    parts.add(part);
    return new WorkerOutput.Part(part);
  }

  @Override
  public boolean satisfied() {
    return false;
  }

  @Override
  public long finish(Parallel parallel) {
    if (--segmentsLeft > 0) {
      return 0;
    }
    for (TopRows top : tops) {
      Object part = state.newPart();
      top.moveTo((RowWriter) part);
      parts.add(part);
    }
    state.seal(parts, parallel);
    if (step instanceof SinkStep.Sort sort) {
      new BufferSorter((RowBuffer) state, sort.keys(), budget)
          .sort(sort.offset(), sort.limit().orElse(Long.MAX_VALUE), parallel);
    } else if (step instanceof SinkStep.Window window) {
      new BufferWindow(window, (RowBuffer) state, budget).compute(parallel);
    }
    return 0;
  }

  @Override
  public void abort() {
    tops.forEach(TopRows::close);
  }

  @Override
  public long bytes() {
    return state.bytes();
  }
}

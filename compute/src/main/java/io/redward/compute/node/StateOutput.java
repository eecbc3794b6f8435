package io.redward.compute.node;

import io.redward.foundation.batch.MemoryBudget;
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
import java.util.Optional;

/// Rows that go into a state: parts while workers run, then sealed, sorted or windowed. Several
/// segments may fill one state, one after another; it is sealed when the last has finished.
final class StateOutput implements SegmentOutput {
  /// A sort of which at most so many rows are wanted drops the others as they come.
  private static final long MAX_TOP_ROWS = 1 << 18;

  private final SinkStep step;
  private final SinkState state;
  private final States states;
  private final MemoryBudget budget;
  private final Optional<StateSpill> spill;
  private final List<Object> parts = new ArrayList<>();
  private final List<TopRows> tops = new ArrayList<>();
  private int segmentsLeft;

  /// @param segments how many segments will fill the state
  /// @param movable whether the state may move to disk
  StateOutput(SinkStep step, States states, int segments, boolean movable) {
    this.step = step;
    this.states = states;
    state = states.create(step);
    budget = states.budget();
    spill = movable ? Optional.of(states.spill(step, state)) : Optional.empty();
    segmentsLeft = segments;
  }

  @Override
  public WorkerOutput open(Hints hints) {
    if (step instanceof SinkStep.Sort sort
        && sort.limit().isPresent()
        && sort.limit().getAsLong() <= MAX_TOP_ROWS
        && sort.offset() <= MAX_TOP_ROWS
        && fits(sort)) {
      TopRows top = new TopRows(sort, budget, hints.lastWanted());
      tops.add(top);
      return new WorkerOutput.Top(top);
    }
    Object part = state.newPart();
    parts.add(part);
    return spill.isPresent()
        ? new WorkerOutput.Movable(this, spill.get(), part)
        : new WorkerOutput.Part(part);
  }

  /// Whether every worker may keep several times the wanted rows.
  private boolean fits(SinkStep.Sort sort) {
    long rows = 4 * (sort.limit().orElseThrow() + sort.offset());
    long bytes = rows * 8 * (RowBuffer.layout(sort.fields()).rowWords() + 4);
    return bytes * states.memory().workers() < states.memory().share() / 2;
  }

  synchronized void replace(Object part, Object next) {
    parts.removeIf(each -> each == part);
    parts.add(next);
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
    if (spill.isPresent() && spill.get().used()) {
      spill.get().finish(parts);
      state.close();
      states.moved(step.filledState(), spill.get());
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

  /// Whether the state is on disk.
  boolean isMoved() {
    return spill.isPresent() && spill.get().used();
  }

  @Override
  public long bytes() {
    return state.bytes();
  }
}

package io.redward.compute.node;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.aggregate.AggregateTable;
import io.redward.runtime.join.JoinTable;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.segment.SinkState;
import java.util.HashMap;
import java.util.Map;

/// The states of one execution by id, and the budget they are paid from. Filled by the execution's
/// own thread between segments, read by all workers.
final class States implements AutoCloseable {
  private final MemoryBudget budget;
  private final Map<Integer, SinkState> byId = new HashMap<>();

  States(MemoryBudget budget) {
    this.budget = budget;
  }

  MemoryBudget budget() {
    return budget;
  }

  SinkState get(int stateId) {
    SinkState state = byId.get(stateId);
    if (state == null) {
      throw new IllegalStateException("state " + stateId + " is not filled yet");
    }
    return state;
  }

  /// The empty state that `step` fills.
  SinkState create(SinkStep step) {
    return switch (step) {
      case SinkStep.Materialize materialize ->
          keep(materialize.stateId(), RowBuffer.of(materialize.fields(), budget));
      case SinkStep.Sort sort -> keep(sort.stateId(), RowBuffer.of(sort.fields(), budget));
      case SinkStep.Window window -> keep(window.stateId(), RowBuffer.of(window.fields(), budget));
      case SinkStep.Build build -> keep(build.stateId(), JoinTable.of(build, budget));
      case SinkStep.Aggregate aggregate ->
          keep(aggregate.stateId(), AggregateTable.of(aggregate, budget));
      case SinkStep.Return _,
          SinkStep.Insert _,
          SinkStep.Delete _,
          SinkStep.Update _,
          SinkStep.Merge _ ->
          throw new IllegalStateException("not a state: " + step);
    };
  }

  private SinkState keep(int stateId, SinkState state) {
    byId.put(stateId, state);
    return state;
  }

  @Override
  public void close() {
    byId.values().forEach(SinkState::close);
    byId.clear();
  }
}

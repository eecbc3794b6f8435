package io.redward.compute.node;

import io.redward.foundation.batch.MemoryBudget;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.aggregate.AggregateTable;
import io.redward.runtime.join.JoinTable;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.segment.SinkState;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// The states of one execution by id, and the budget they are paid from. Filled by the execution's
/// own thread between segments, read by all workers.
final class States implements AutoCloseable {
  private final QueryMemory memory;
  private final MemoryBudget budget;
  private final Map<Integer, SinkState> byId = new HashMap<>();
  private final Map<Integer, StateSpill> spilled = new HashMap<>();

  States(QueryMemory memory) {
    this.memory = memory;
    budget = memory.budget();
  }

  QueryMemory memory() {
    return memory;
  }

  /// What has been moved to disk of a state; empty if it is in memory.
  Optional<StateSpill> spilled(int stateId) {
    return Optional.ofNullable(spilled.get(stateId));
  }

  void moved(int stateId, StateSpill spill) {
    spilled.put(stateId, spill);
  }

  /// Has `table` stand for a join whose partitions are loaded one by one.
  void load(int stateId, JoinTable table) {
    byId.put(stateId, table);
  }

  /// The disk side of a state that is about to be filled.
  StateSpill spill(SinkStep step, SinkState state) {
    return switch (step) {
      case SinkStep.Materialize _ -> new RowsSpill((RowBuffer) state, memory);
      case SinkStep.Sort sort -> new SortSpill(sort, (RowBuffer) state, memory);
      case SinkStep.Window window -> new WindowSpill(window, (RowBuffer) state, memory);
      case SinkStep.Build build -> new BuildSpill(build, (JoinTable) state, memory);
      case SinkStep.Aggregate aggregate ->
          new GroupsSpill(aggregate, (AggregateTable) state, memory);
      case SinkStep.Return _,
          SinkStep.Send _,
          SinkStep.Insert _,
          SinkStep.Delete _,
          SinkStep.Update _,
          SinkStep.Merge _ ->
          throw new IllegalStateException("not a state: " + step);
    };
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
          SinkStep.Send _,
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

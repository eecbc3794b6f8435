package io.redward.compute.node;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.plan.expression.Constant;
import io.redward.runtime.segment.SegmentContext;
import io.redward.runtime.segment.SinkState;

/// A worker's view of its execution. What the sink needs comes from the segment's output.
final class WorkerContext implements SegmentContext {
  private final Statement statement;
  private final States states;
  private final WorkerOutput output;

  WorkerContext(Statement statement, States states, WorkerOutput output) {
    this.statement = statement;
    this.states = states;
    this.output = output;
  }

  @Override
  public SinkState state(int stateId) {
    return states.get(stateId);
  }

  @Override
  public Object part(int stateId) {
    return output.part();
  }

  @Override
  public Constant parameter(int index) {
    return statement.parameters().get(index);
  }

  @Override
  public Batch output() {
    return output.batch();
  }

  @Override
  public void flush() {
    statement.cancel().check();
    output.flush();
  }

  /// Takes a batch that the program has not filled itself.
  void pass(Batch batch) {
    ((WorkerOutput.Batches) output).end().accept(batch);
  }

  @Override
  public CancelToken cancel() {
    return statement.cancel();
  }
}

package io.redward.codegen;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.plan.expression.Constant;
import io.redward.runtime.segment.SegmentContext;
import io.redward.runtime.segment.SinkState;
import java.util.List;

/// A context that has parameters at most: for expressions evaluated outside of any segment.
record Unbound(List<Constant> parameters, CancelToken cancel) implements SegmentContext {
  static final Unbound INSTANCE = new Unbound(List.of(), new CancelToken());

  @Override
  public SinkState state(int stateId) {
    throw new IllegalStateException("no state " + stateId);
  }

  @Override
  public Object part(int stateId) {
    throw new IllegalStateException("no state " + stateId);
  }

  @Override
  public Constant parameter(int index) {
    return parameters.get(index);
  }

  @Override
  public Batch output() {
    throw new IllegalStateException("no output");
  }

  @Override
  public void flush() {
    throw new IllegalStateException("no output");
  }
}

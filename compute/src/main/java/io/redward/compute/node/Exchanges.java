package io.redward.compute.node;

import io.redward.compute.step.BatchSink;
import io.redward.compute.step.BatchSource;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;

/// The ways by which a fragment of a plan gets rows from other fragments and hands rows on.
public interface Exchanges {
  /// Of a plan that is run whole.
  Exchanges NONE =
      new Exchanges() {
        @Override
        public BatchSource receive(SourceStep.Receive step) {
          throw new IllegalStateException("no exchange " + step.exchange());
        }

        @Override
        public BatchSink send(SinkStep.Send step) {
          throw new IllegalStateException("no exchange " + step.exchange());
        }
      };

  /// What arrives, until every sender has ended. One work unit, so that no worker's slot is held
  /// while rows are waited for that others need slots to make.
  BatchSource receive(SourceStep.Receive step);

  /// The way out.
  BatchSink send(SinkStep.Send step);
}

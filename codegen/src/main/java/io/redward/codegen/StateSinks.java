package io.redward.codegen;

import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.Stream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// The sink steps of a plan by the state they fill: how a state's rows lie follows from the step.
/// Of several that fill one state the first counts, as for the runner.
final class StateSinks {
  private final Map<Integer, SinkStep> sinks = new HashMap<>();

  StateSinks(PhysicalPlan plan) {
    for (Stream stream : plan.streams()) {
      for (Segment segment : stream.segments()) {
        SinkStep sink = segment.sink();
        switch (sink) {
          case SinkStep.Build build -> sinks.putIfAbsent(build.stateId(), sink);
          case SinkStep.Aggregate aggregate -> sinks.putIfAbsent(aggregate.stateId(), sink);
          case SinkStep.Materialize buffer -> sinks.putIfAbsent(buffer.stateId(), sink);
          case SinkStep.Sort sort -> sinks.putIfAbsent(sort.stateId(), sink);
          case SinkStep.Window window -> sinks.putIfAbsent(window.stateId(), sink);
          case SinkStep.Return _,
              SinkStep.Send _,
              SinkStep.Insert _,
              SinkStep.Delete _,
              SinkStep.Update _,
              SinkStep.Merge _ -> {}
        }
      }
    }
  }

  SinkStep.Build build(int stateId) {
    if (sinks.get(stateId) instanceof SinkStep.Build build) {
      return build;
    }
    throw new IllegalStateException("state " + stateId + " is no join table");
  }

  SinkStep.Aggregate aggregate(int stateId) {
    if (sinks.get(stateId) instanceof SinkStep.Aggregate aggregate) {
      return aggregate;
    }
    throw new IllegalStateException("state " + stateId + " is no aggregate table");
  }

  /// The fields of a row buffer.
  List<Field> buffer(int stateId) {
    return switch (sinks.get(stateId)) {
      case SinkStep.Materialize buffer -> buffer.fields();
      case SinkStep.Sort sort -> sort.fields();
      case SinkStep.Window window -> window.fields();
      case null, default -> throw new IllegalStateException("state " + stateId + " is no buffer");
    };
  }
}

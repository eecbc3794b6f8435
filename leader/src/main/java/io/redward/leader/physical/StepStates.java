package io.redward.leader.physical;

import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// Which states a segment reads, fills and marks.
final class StepStates {
  private StepStates() {}

  static Set<Integer> read(Segment segment) {
    Set<Integer> states = new TreeSet<>();
    switch (segment.source()) {
      case SourceStep.TableScan scan ->
          scan.joinFilters().forEach(filter -> states.add(filter.stateId()));
      case SourceStep.MergeJoin join -> {
        join.outer().joinFilters().forEach(filter -> states.add(filter.stateId()));
        join.inner().joinFilters().forEach(filter -> states.add(filter.stateId()));
      }
      case SourceStep.AggregateScan scan -> states.add(scan.stateId());
      case SourceStep.BufferScan scan -> states.add(scan.stateId());
      case SourceStep.JoinScan scan -> states.add(scan.stateId());
      case SourceStep.SystemScan _, SourceStep.Values _, SourceStep.Receive _ -> {}
    }
    for (TransformStep step : segment.transforms()) {
      switch (step) {
        case TransformStep.Probe probe -> states.add(probe.stateId());
        case TransformStep.NestedLoop loop -> states.add(loop.stateId());
        case TransformStep.Filter _,
            TransformStep.Project _,
            TransformStep.Expand _,
            TransformStep.Unnest _ -> {}
      }
    }
    return states;
  }

  static List<Integer> written(SinkStep sink) {
    return switch (sink) {
      case SinkStep.Build build -> List.of(build.stateId());
      case SinkStep.Aggregate aggregate -> List.of(aggregate.stateId());
      case SinkStep.Materialize buffer -> List.of(buffer.stateId());
      case SinkStep.Sort sort -> List.of(sort.stateId());
      case SinkStep.Window window -> List.of(window.stateId());
      case SinkStep.Return _,
          SinkStep.Send _,
          SinkStep.Insert _,
          SinkStep.Delete _,
          SinkStep.Update _,
          SinkStep.Merge _ ->
          List.of();
    };
  }

  static Set<Integer> marked(Segment segment) {
    Set<Integer> states = new TreeSet<>();
    for (TransformStep step : segment.transforms()) {
      if (step instanceof TransformStep.Probe probe) {
        switch (probe.kind()) {
          case RIGHT, FULL, MARK -> states.add(probe.stateId());
          case INNER, LEFT, SEMI, ANTI, NULL_AWARE_ANTI -> {}
        }
      }
    }
    return states;
  }
}

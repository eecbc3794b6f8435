package io.redward.cluster.cut;

import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.Set;
import java.util.TreeSet;

/// Which states segments fill and read.
final class States {
  private States() {}

  /// The state that a sink fills, -1 for none.
  static int filled(SinkStep sink) {
    return switch (sink) {
      case SinkStep.Build build -> build.stateId();
      case SinkStep.Aggregate aggregate -> aggregate.stateId();
      case SinkStep.Materialize buffer -> buffer.stateId();
      case SinkStep.Sort sort -> sort.stateId();
      case SinkStep.Window window -> window.stateId();
      case SinkStep.Return _,
          SinkStep.Send _,
          SinkStep.Insert _,
          SinkStep.Delete _,
          SinkStep.Update _,
          SinkStep.Merge _ ->
          -1;
    };
  }

  /// The state whose rows a source yields, -1 for none.
  static int scanned(SourceStep source) {
    return switch (source) {
      case SourceStep.AggregateScan scan -> scan.stateId();
      case SourceStep.BufferScan scan -> scan.stateId();
      case SourceStep.JoinScan scan -> scan.stateId();
      case SourceStep.TableScan _,
          SourceStep.SystemScan _,
          SourceStep.Values _,
          SourceStep.Receive _,
          SourceStep.MergeJoin _ ->
          -1;
    };
  }

  /// The state that a transform looks up, -1 for none.
  static int lookedUp(TransformStep transform) {
    return switch (transform) {
      case TransformStep.Probe probe -> probe.stateId();
      case TransformStep.NestedLoop loop -> loop.stateId();
      case TransformStep.Filter _,
          TransformStep.Project _,
          TransformStep.Expand _,
          TransformStep.Unnest _ ->
          -1;
    };
  }

  /// All states that a segment needs or fills.
  static Set<Integer> of(Segment segment) {
    Set<Integer> states = new TreeSet<>();
    states.add(filled(segment.sink()));
    states.add(scanned(segment.source()));
    segment.transforms().forEach(transform -> states.add(lookedUp(transform)));
    if (segment.source() instanceof SourceStep.TableScan scan) {
      scan.joinFilters().forEach(filter -> states.add(filter.stateId()));
    }
    states.remove(-1);
    return states;
  }
}

package io.redward.plan.step;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/// The unit of compilation: source, transforms, sink.
///
/// @param id counts from 0 over the whole plan, as Redshift-compatible views print it
/// @param label what the segment stands for in EXPLAIN (SEGMENTS)
public record Segment(
    int id, SourceStep source, List<TransformStep> transforms, SinkStep sink, String label) {
  public Segment {
    transforms = List.copyOf(transforms);
  }

  /// The states that must be filled before the segment runs, its scans' join filters among them.
  public Set<Integer> readStates() {
    Set<Integer> states = new TreeSet<>();
    states.add(source.scannedState());
    transforms.forEach(step -> states.add(step.lookedUpState()));
    states.remove(-1);
    switch (source) {
      case SourceStep.TableScan scan ->
          scan.joinFilters().forEach(filter -> states.add(filter.stateId()));
      case SourceStep.MergeJoin join -> {
        join.outer().joinFilters().forEach(filter -> states.add(filter.stateId()));
        join.inner().joinFilters().forEach(filter -> states.add(filter.stateId()));
      }
      case SourceStep.AggregateScan _,
          SourceStep.BufferScan _,
          SourceStep.JoinScan _,
          SourceStep.SystemScan _,
          SourceStep.Values _,
          SourceStep.Receive _ -> {}
    }
    return states;
  }

  /// The row that reaches the sink.
  public List<Field> sinkInput() {
    return transforms.isEmpty() ? source.fields() : transforms.getLast().fields();
  }
}

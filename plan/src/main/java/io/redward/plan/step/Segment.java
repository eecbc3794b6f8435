package io.redward.plan.step;

import java.util.List;

/// The unit of compilation: source, transforms, sink.
///
/// @param id counts from 0 over the whole plan, as Redshift-compatible views print it
/// @param label what the segment stands for in EXPLAIN (SEGMENTS)
public record Segment(
    int id, SourceStep source, List<TransformStep> transforms, SinkStep sink, String label) {
  public Segment {
    transforms = List.copyOf(transforms);
  }

  /// The row that reaches the sink.
  public List<Field> sinkInput() {
    return transforms.isEmpty() ? source.fields() : transforms.getLast().fields();
  }
}

package io.redward.leader.physical;

import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.List;

/// Rows on their way to a sink: one pipeline, or several whose rows belong together and all go into
/// the same sink, in the order given (UNION ALL, an outer join's matched and unmatched rows).
///
/// @param fields the row that comes out; nullable where it is in any pipeline
record Flow(List<Pipeline> pipelines, List<Field> fields) {
  static Flow from(SourceStep source) {
    return new Flow(List.of(Pipeline.from(source)), source.fields());
  }

  /// Every row goes through the step.
  Flow then(TransformStep step) {
    return new Flow(
        pipelines.stream().map(pipeline -> pipeline.then(step)).toList(), step.fields());
  }

  /// The rows of both, which together have these fields.
  Flow and(Flow other, List<Field> fields) {
    List<Pipeline> all = new ArrayList<>(pipelines);
    all.addAll(other.pipelines);
    return new Flow(List.copyOf(all), fields);
  }
}

package io.redward.leader.physical;

import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.List;

/// A segment without its end: rows of a source on their way through transforms.
record Pipeline(SourceStep source, List<TransformStep> transforms) {
  static Pipeline from(SourceStep source) {
    return new Pipeline(source, List.of());
  }

  Pipeline then(TransformStep step) {
    List<TransformStep> longer = new ArrayList<>(transforms);
    longer.add(step);
    return new Pipeline(source, List.copyOf(longer));
  }
}

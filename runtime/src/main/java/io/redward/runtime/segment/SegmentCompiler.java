package io.redward.runtime.segment;

import io.redward.plan.step.Segment;

/// Turns segments into classes. Thread-safe.
public interface SegmentCompiler {
  CompiledSegment compile(Segment segment);
}

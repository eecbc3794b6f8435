package io.redward.runtime.segment;

import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;

/// Turns segments into classes. Thread-safe.
public interface SegmentCompiler {
  /// Compiles one segment of `plan`; the plan tells how the states that the segment reads are laid
  /// out.
  CompiledSegment compile(PhysicalPlan plan, Segment segment);
}

package io.redward.server;

import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.Stream;
import io.redward.runtime.segment.SegmentCompiler;
import java.util.ArrayList;
import java.util.List;

/// The generated programs of a plan, for EXPLAIN (CODE).
final class PlanCode {
  private PlanCode() {}

  static List<String> print(SegmentCompiler compiler, PhysicalPlan plan) {
    List<String> lines = new ArrayList<>();
    for (Stream stream : plan.streams()) {
      for (Segment segment : stream.segments()) {
        lines.add(
            "-- stream " + stream.id() + ", segment " + segment.id() + ": " + segment.label());
        compiler.compile(plan, segment).code().get().lines().forEach(lines::add);
      }
    }
    return lines;
  }
}

package io.redward.compute.node;

import io.redward.plan.step.PhysicalPlan;
import io.redward.runtime.segment.SegmentCompiler;
import java.util.LinkedHashMap;
import java.util.Map;

/// The plans compiled last, so that a plan that the leader's cache hands over again is run without
/// another look at its segments. Plans are told apart by identity. Thread-safe.
final class CompiledPlans {
  private static final int PLANS = 256;

  private final SegmentCompiler compiler;
  private final Map<Identity, Compilation> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Compilation> eldest) {
          return size() > PLANS;
        }
      };

  CompiledPlans(SegmentCompiler compiler) {
    this.compiler = compiler;
  }

  /// A plan that could not be compiled is tried again: memory or stack may suffice this time.
  synchronized Compilation of(PhysicalPlan plan) {
    return plans.compute(
        new Identity(plan),
        (_, known) -> known == null || known.hasFailed() ? new Compilation(plan, compiler) : known);
  }

  private record Identity(PhysicalPlan plan) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Identity that && plan == that.plan;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(plan);
    }
  }
}

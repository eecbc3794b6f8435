package io.redward.cluster.node;

import io.redward.cluster.cut.PlanCutter;
import io.redward.cluster.cut.SpreadPlan;
import io.redward.plan.step.PhysicalPlan;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/// The plans cut last. Plans are told apart by identity and by the
/// number of nodes. Thread-safe.
final class SpreadPlans {
  private static final int PLANS = 256;

  private final Map<Identity, Optional<SpreadPlan>> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Optional<SpreadPlan>> eldest) {
          return size() > PLANS;
        }
      };

  synchronized Optional<SpreadPlan> of(PhysicalPlan plan, PlanCutter.Topology topology) {
    return plans.computeIfAbsent(
        new Identity(plan, topology.nodes()), key -> PlanCutter.cut(key.plan(), topology));
  }

  private record Identity(PhysicalPlan plan, int nodes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Identity that && plan == that.plan && nodes == that.nodes;
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(plan) + nodes;
    }
  }
}

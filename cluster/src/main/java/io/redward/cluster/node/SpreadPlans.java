package io.redward.cluster.node;

import io.redward.cluster.cut.Place;
import io.redward.cluster.cut.PlanCutter;
import io.redward.cluster.cut.SpreadPlan;
import io.redward.cluster.wire.PlanCodec;
import io.redward.plan.step.PhysicalPlan;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The plans cut last. Plans are told apart by identity, by the number of nodes and by what the
/// tables hold, since these decide what can stay in place. Thread-safe.
final class SpreadPlans {
  private static final int PLANS = 256;

  private final Map<Identity, Optional<Written>> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Identity, Optional<Written>> eldest) {
          return size() > PLANS;
        }
      };

  /// @param plans the fragments' as they are sent, which are written once; nodes need not know the
  ///     leader's
  record Written(SpreadPlan plan, byte[] plans) {
    private static final PhysicalPlan NOT_TOLD = new PhysicalPlan(List.of(), List.of(), 0);

    static Written of(SpreadPlan plan) {
      return new Written(
          plan,
          PlanCodec.writePlans(
              plan.fragments().stream()
                  .map(each -> each.place() == Place.LEADER ? NOT_TOLD : each.plan())
                  .toList()));
    }
  }

  Optional<Written> of(PhysicalPlan plan, PlanCutter.Topology topology) {
    List<Long> versions = new ArrayList<>();
    for (long table : PlanCutter.tables(plan)) {
      versions.add(topology.snapshot().table(table).contentVersion());
    }
    Identity identity = new Identity(plan, topology.nodes(), versions);
    synchronized (plans) {
      Optional<Written> known = plans.get(identity);
      if (known != null) {
        return known;
      }
    }
    Optional<Written> cut = PlanCutter.cut(plan, topology).map(Written::of);
    synchronized (plans) {
      plans.put(identity, cut);
    }
    return cut;
  }

  /// How the plan was cut last; empty if it has not been, or could not be.
  Optional<SpreadPlan> last(PhysicalPlan plan) {
    Optional<SpreadPlan> last = Optional.empty();
    synchronized (plans) {
      for (Map.Entry<Identity, Optional<Written>> each : plans.entrySet()) {
        if (each.getKey().plan() == plan) {
          last = each.getValue().map(Written::plan);
        }
      }
    }
    return last;
  }

  private record Identity(PhysicalPlan plan, int nodes, List<Long> versions) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Identity that
          && plan == that.plan
          && nodes == that.nodes
          && versions.equals(that.versions);
    }

    @Override
    public int hashCode() {
      return 31 * System.identityHashCode(plan) + nodes;
    }
  }
}

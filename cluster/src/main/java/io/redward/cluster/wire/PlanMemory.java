package io.redward.cluster.wire;

import io.redward.plan.step.PhysicalPlan;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/// The plans read last, so that bytes that come again are the plan that has been compiled already.
/// Thread-safe.
public final class PlanMemory implements QuerySpec.PlanReader {
  private static final int PLANS = 512;

  private final Map<Key, PhysicalPlan> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, PhysicalPlan> eldest) {
          return size() > PLANS;
        }
      };

  @Override
  public synchronized PhysicalPlan read(byte[] bytes) {
    return plans.computeIfAbsent(new Key(bytes), key -> PlanCodec.readPlan(key.bytes()));
  }

  private record Key(byte[] bytes) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Key that && Arrays.equals(bytes, that.bytes);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(bytes);
    }
  }
}

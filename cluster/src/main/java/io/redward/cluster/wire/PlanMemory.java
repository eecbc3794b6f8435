package io.redward.cluster.wire;

import io.redward.plan.step.PhysicalPlan;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// The plans read last, so that bytes that come again are the plan that has been compiled already.
/// Thread-safe.
public final class PlanMemory {
  private static final int PLANS = 256;

  private final Map<Key, List<PhysicalPlan>> plans =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Key, List<PhysicalPlan>> eldest) {
          return size() > PLANS;
        }
      };

  /// The plans that the bytes are, the same of the same.
  public synchronized List<PhysicalPlan> read(byte[] bytes) {
    return plans.computeIfAbsent(new Key(bytes), key -> PlanCodec.readPlans(key.bytes()));
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

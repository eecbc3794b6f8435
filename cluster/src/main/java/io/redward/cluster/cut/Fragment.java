package io.redward.cluster.cut;

import io.redward.plan.step.PhysicalPlan;
import java.util.List;

/// A part of a plan that runs in one place without waiting for others but through exchanges.
///
/// @param origins by segment of `plan`: the segment of the whole plan that it is a part of
public record Fragment(int id, Place place, PhysicalPlan plan, List<Integer> origins) {
  public Fragment {
    origins = List.copyOf(origins);
  }
}

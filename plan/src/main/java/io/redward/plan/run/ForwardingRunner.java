package io.redward.plan.run;

import io.redward.plan.step.PhysicalPlan;
import java.util.List;

/// A runner that stands before another and says of itself what that one says.
public interface ForwardingRunner extends PlanRunner {
  PlanRunner runner();

  @Override
  default boolean spreads() {
    return runner().spreads();
  }

  @Override
  default JoinMoves joins(PhysicalPlan plan, TableAccess tables) {
    return runner().joins(plan, tables);
  }

  @Override
  default JoinMoves lastJoins(PhysicalPlan plan) {
    return runner().lastJoins(plan);
  }

  @Override
  default List<Integer> slices() {
    return runner().slices();
  }

  @Override
  default PlanRunner main() {
    return runner().main();
  }

  @Override
  default int scalingClusters() {
    return runner().scalingClusters();
  }

  @Override
  default List<ScalingUse> scalingUse() {
    return runner().scalingUse();
  }
}

package io.redward.plan.run;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.PhysicalPlan;
import java.util.List;

/// Runs plans.
public interface PlanRunner {
  /// Runs `plan` to its end on the caller's thread and workers of the runner's own.
  ///
  /// @param parameters one value a plan parameter
  /// @param tables what the statement reads and writes, opened by the leader
  /// @param rows receives the returned batches, one at a time, possibly on another thread; blocks
  ///     to hold execution back
  /// @throws io.redward.foundation.base.SqlException the statement's error, or `cancel`'s reason
  ExecutionResult run(
      PhysicalPlan plan,
      List<Constant> parameters,
      TableAccess tables,
      CancelToken cancel,
      BatchConsumer rows);

  /// Whether plans may run on other machines.
  default boolean spreads() {
    return false;
  }

  /// How the sides of the plan's joins would meet if it were run now.
  default JoinMoves joins(PhysicalPlan plan, TableAccess tables) {
    return JoinMoves.NONE;
  }

  /// How the sides of the plan's joins met when it was run last, or asked for by `joins`.
  default JoinMoves lastJoins(PhysicalPlan plan) {
    return JoinMoves.NONE;
  }

  /// How many slices each machine has that takes part in queries: of one machine, its processors.
  default List<Integer> slices() {
    return List.of(Runtime.getRuntime().availableProcessors());
  }

  /// Runs plans on the main cluster only.
  default PlanRunner main() {
    return this;
  }

  /// How many clusters may be added while queries stand in line.
  default int scalingClusters() {
    return 0;
  }

  /// The clusters that were added, the oldest first.
  default List<ScalingUse> scalingUse() {
    return List.of();
  }
}

package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.trace.Stage;
import io.redward.foundation.trace.StageTimes;
import io.redward.leader.settings.Settings;
import io.redward.plan.expression.Constant;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.ForwardingRunner;
import io.redward.plan.run.PlanRunner;
import io.redward.plan.run.TableAccess;
import io.redward.plan.step.PhysicalPlan;
import java.util.List;

/// A runner whose runs are timed.
///
/// @param main of its main cluster, timed too
record TimedRunner(PlanRunner runner, PlanRunner main) implements ForwardingRunner {
  static TimedRunner of(PlanRunner runner) {
    return new TimedRunner(runner, new TimedRunner(runner.main(), runner.main()));
  }

  /// The one that a session's settings ask for.
  static PlanRunner of(PlanRunner runner, Settings settings) {
    return runner.scalingClusters() == 0 || settings.number("max_concurrency_scaling_clusters") > 0
        ? runner
        : runner.main();
  }

  @Override
  public ExecutionResult run(
      PhysicalPlan plan,
      List<Constant> parameters,
      TableAccess tables,
      CancelToken cancel,
      BatchConsumer rows) {
    return StageTimes.time(Stage.EXECUTE, () -> runner.run(plan, parameters, tables, cancel, rows));
  }
}

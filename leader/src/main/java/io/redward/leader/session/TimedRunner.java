package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.trace.Stage;
import io.redward.foundation.trace.StageTimes;
import io.redward.plan.expression.Constant;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.run.PlanRunner;
import io.redward.plan.run.TableAccess;
import io.redward.plan.step.PhysicalPlan;
import java.util.List;

/// A runner whose runs are timed.
record TimedRunner(PlanRunner runner) implements PlanRunner {
  @Override
  public ExecutionResult run(
      PhysicalPlan plan,
      List<Constant> parameters,
      TableAccess tables,
      CancelToken cancel,
      BatchConsumer rows) {
    return StageTimes.time(Stage.EXECUTE, () -> runner.run(plan, parameters, tables, cancel, rows));
  }

  @Override
  public List<Integer> slices() {
    return runner.slices();
  }
}

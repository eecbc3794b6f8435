package io.redward.compute.node;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.trace.Progress;
import io.redward.plan.expression.Constant;
import io.redward.plan.step.PhysicalPlan;
import io.redward.spi.StatementAccess;
import java.util.List;

/// What one execution is given: see [io.redward.plan.run.PlanRunner#run].
record Statement(
    PhysicalPlan plan,
    List<Constant> parameters,
    StatementAccess access,
    CancelToken cancel,
    BatchConsumer rows,
    Exchanges exchanges,
    Progress progress) {}

/// The seam between leader and compute: the leader hands a plan and the means of one execution to a
/// [io.redward.plan.run.PlanRunner] and gets batches and counters back. A local runner uses this
/// process's threads; a cluster runner sends the same segments to compute nodes.
@NullMarked
package io.redward.plan.run;

import org.jspecify.annotations.NullMarked;

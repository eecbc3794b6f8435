package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.plan.run.PlanRunner;
import io.redward.spi.StatementAccess;
import io.redward.storage.table.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Runs the queries that earlier processes have kept the plans of, those used last first, and
/// throws their rows away: what they read is in memory then, and the code they run is machine code,
/// before somebody asks for them again. No user's statement waits for one of these: it is ended as
/// soon as a session has something to do.
final class PlanReplay {
  private static final Logger LOG = LoggerFactory.getLogger(PlanReplay.class);

  /// A query that takes longer is not waited for: its code runs hot by then.
  private static final Duration LONGEST = Duration.ofSeconds(2);

  private static final long LOOK_MILLIS = 2;

  private final LeaderWarehouse warehouse;
  private final PlanDirectory plans;

  PlanReplay(LeaderWarehouse warehouse, PlanDirectory plans) {
    this.warehouse = warehouse;
    this.plans = plans;
  }

  /// @param limit of the time for all of them
  /// @param beforeEach waits for a moment to run one
  /// @return how many ran to their end
  int run(Duration limit, Runnable beforeEach) {
    long deadline = System.nanoTime() + limit.toNanos();
    int ran = 0;
    Snapshot snapshot = warehouse.namespace().snapshot();
    try {
      Iterator<StatementPlan> latest = plans.latest(warehouse.catalog(), snapshot).iterator();
      while (System.nanoTime() < deadline && latest.hasNext()) {
        beforeEach.run();
        ran += run(latest.next(), snapshot) ? 1 : 0;
      }
    } catch (IOException | IllegalArgumentException e) {
      LOG.warn("plans that were kept cannot be read: {}", e.toString());
    }
    return ran;
  }

  private boolean run(StatementPlan plan, Snapshot snapshot) {
    if (!plan.bound().parameters().isEmpty()) {
      return false;
    }
    CancelToken cancel = new CancelToken();
    long deadline = System.nanoTime() + LONGEST.toNanos();
    ScheduledFuture<?> look =
        warehouse
            .timeouts()
            .scheduleWithFixedDelay(
                () -> {
                  if (warehouse.isAwaited() || System.nanoTime() > deadline) {
                    cancel.cancel(new SqlException(SqlState.QUERY_CANCELED, "others come first"));
                  }
                },
                LOOK_MILLIS,
                LOOK_MILLIS,
                TimeUnit.MILLISECONDS);
    try {
      PlanRunner runner = warehouse.engine().runner();
      StatementAccess access = StatementAccess.reading(snapshot, OptionalLong.empty());
      runner.run(plan.planned().plan(), List.of(), access, cancel, _ -> {});
      return true;
    } catch (SqlException e) {
      LOG.debug("a query of an earlier process ended: {}", e.message());
      return false;
    } finally {
      look.cancel(false);
    }
  }
}

package io.redward.storage.namespace;

import io.redward.storage.commit.CommitPolicy;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The thread that renews a process's lease three times a term. It does nothing else, so that no
/// long piece of work makes it late.
final class LeaseKeeper {
  private static final Logger LOGGER = LoggerFactory.getLogger(LeaseKeeper.class);
  private static final int RENEWALS_A_TERM = 3;

  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("storage-lease").factory());

  private LeaseKeeper() {}

  /// @param tend renews
  static LeaseKeeper start(CommitPolicy policy, Runnable tend) {
    LeaseKeeper keeper = new LeaseKeeper();
    if (policy.shared()) {
      long millis = policy.leaseTerm().toMillis() / RENEWALS_A_TERM;
      Future<?> unused =
          keeper.thread.scheduleWithFixedDelay(
              () -> run(tend), millis, millis, TimeUnit.MILLISECONDS);
    }
    return keeper;
  }

  private static void run(Runnable tend) {
    try {
      tend.run();
    } catch (RuntimeException e) {
      LOGGER.error("the lease on the namespace was not renewed", e);
    }
  }

  void close() {
    thread.shutdown();
  }
}

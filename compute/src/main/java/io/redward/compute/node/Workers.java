package io.redward.compute.node;

import io.redward.compute.node.WorkSlots.Slot;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.trace.Progress;
import io.redward.runtime.segment.Parallel;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.IntConsumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// The threads one run of a query may use. The caller's thread is always one of them; others are
/// taken from the node's pool only for jobs of more than one task.
final class Workers implements Parallel {
  private static final long FEW_NANOS = 8_000_000;

  private final ExecutorService threads;
  private final WorkSlots slots;
  private final QueryTurns turns;

  /// @param heldBytes what the query's states hold at any time
  Workers(ExecutorService threads, WorkSlots slots, LongSupplier heldBytes) {
    this.threads = threads;
    this.slots = slots;
    turns = slots.newcomer(heldBytes);
  }

  @Override
  public int workers() {
    return slots.count();
  }

  /// For work beside the query's own.
  ExecutorService threads() {
    return threads;
  }

  /// How many workers to put to work that takes so much processor time at the least. Where others
  /// wait, a second one makes nothing quicker that is over in a moment.
  int wanted(long nanos) {
    if (nanos >= QueryTurns.LONG_NANOS) {
      slots.expect(turns, nanos);
    }
    return nanos < FEW_NANOS && slots.crowded() ? 1 : workers();
  }

  /// Where the query stands among those that want to work.
  Progress.Turn turn() {
    return new Progress.Turn(() -> slots.position(turns), () -> slots.waitedNanos(turns));
  }

  /// Waits for the right to keep a core busy.
  Slot slot() {
    return slots.take(turns);
  }

  /// Runs the parts of sealing a state; each thread takes the next task until none is left.
  @Override
  public void run(int tasks, IntConsumer task) {
    if (tasks <= 1) {
      if (tasks == 1) {
        task.accept(0);
      }
      return;
    }
    AtomicInteger next = new AtomicInteger();
    spread(
        Math.min(tasks, workers()),
        _ -> {
          try (Slot slot = slot()) {
            for (int index = next.getAndIncrement();
                index < tasks;
                index = next.getAndIncrement()) {
              CancelToken.checkCurrent();
              task.accept(index);
              slot.yieldIfDue();
            }
          }
        });
  }

  /// Runs `worker` for 0 … count - 1, each on a thread of its own, and returns when all have ended;
  /// the first failure is thrown again.
  void spread(int count, IntConsumer worker) {
    AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    int own = Thread.currentThread().isVirtual() ? 0 : 1;
    CountDownLatch ended = new CountDownLatch(count - own);
    Optional<CancelToken> cancel = CancelToken.current();
    for (int index = own; index < count; index++) {
      int number = index;
      threads.execute(
          () -> {
            try {
              cancel.ifPresentOrElse(
                  token -> token.within(() -> worker.accept(number)), () -> worker.accept(number));
            } catch (Throwable thrown) {
              failure.compareAndSet(null, thrown);
            } finally {
              ended.countDown();
            }
          });
    }
    if (own == 1) {
      try {
        worker.accept(0);
      } catch (Throwable thrown) {
        failure.compareAndSet(null, thrown);
      }
    }
    awaitAll(ended);
    Throwable thrown = failure.get();
    switch (thrown) {
      case null -> {}
      case RuntimeException unchecked -> throw unchecked;
      case Error error -> throw error;
      default -> throw new IllegalStateException(thrown);
    }
  }

  /// Workers use memory that the caller gives back afterwards, so an interrupt must not cut this
  /// short; it is kept for the caller.
  private static void awaitAll(CountDownLatch ended) {
    boolean interrupted = false;
    while (true) {
      try {
        ended.await();
        break;
      } catch (InterruptedException _) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }
}

package io.redward.compute.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.compute.node.WorkSlots.Slot;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// What is told of queries that wait, by a clock that stands still until the test moves it.
class WorkSlotsTest {
  private final AtomicLong clock = new AtomicLong(1_000);
  private final WorkSlots slots = new WorkSlots(1, clock::get);

  /// A query that takes the slot on a thread of its own and gives it back at once.
  private final class Waiter {
    private final QueryTurns turns = slots.newcomer(() -> 0);
    private final Thread thread;

    Waiter(boolean isLong) {
      if (isLong) {
        slots.expect(turns, QueryTurns.LONG_NANOS);
      }
      thread =
          Thread.ofPlatform()
              .start(
                  () -> {
                    Slot slot = slots.take(turns);
                    slot.close();
                  });
      while (slots.position(turns) < 0) {
        assertThat(thread.isAlive()).isTrue();
        Thread.onSpinWait();
      }
    }
  }

  @Test
  void whoHasTheSlotDoesNotWait() {
    QueryTurns turns = slots.newcomer(() -> 0);
    try (Slot _ = slots.take(turns)) {
      clock.addAndGet(500);
      assertThat(slots.position(turns)).isEqualTo(-1);
      assertThat(slots.waitedNanos(turns)).isZero();
    }
    assertThat(slots.position(turns)).isEqualTo(-1);
  }

  @Test
  void positionsAndTimesOfThoseThatWait() throws InterruptedException {
    QueryTurns first = slots.newcomer(() -> 0);
    List<Waiter> waiters = new ArrayList<>();
    try (Slot _ = slots.take(first)) {
      waiters.add(new Waiter(true));
      clock.addAndGet(30);
      waiters.add(new Waiter(true));
      clock.addAndGet(12);
      waiters.add(new Waiter(false));
      assertThat(waiters).extracting(w -> slots.position(w.turns)).containsExactly(1, 2, 0);
      assertThat(waiters).extracting(w -> slots.waitedNanos(w.turns)).containsExactly(42L, 12L, 0L);
      clock.addAndGet(8);
    }
    for (Waiter waiter : waiters) {
      waiter.thread.join();
      assertThat(slots.position(waiter.turns)).isEqualTo(-1);
    }
    clock.addAndGet(1_000);
    assertThat(waiters).extracting(w -> slots.waitedNanos(w.turns)).containsExactly(50L, 20L, 8L);
    assertThat(slots.waitedNanos(first)).isZero();
  }
}

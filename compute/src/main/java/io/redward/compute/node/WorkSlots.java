package io.redward.compute.node;

import java.util.concurrent.Semaphore;

/// The right to keep a core busy: as many at once as the node has cores, shared by the workers of
/// all queries. A worker gives its slot back when its time slice is over and others wait, and while
/// it waits for a client; waiters are served in the order in which they came, so that queries
/// advance evenly and a slow client holds up nobody else.
public final class WorkSlots {
  private static final long SLICE_NANOS = 5_000_000;

  private final Semaphore slots;
  private final int count;

  public WorkSlots(int count) {
    this.count = count;
    slots = new Semaphore(count, true);
  }

  /// How many workers may run at once.
  public int count() {
    return count;
  }

  /// True while any slot is taken.
  boolean busy() {
    return slots.availablePermits() < count;
  }

  /// Waits for a slot; close it to give it back.
  Slot take() {
    slots.acquireUninterruptibly();
    return new Slot(this);
  }

  /// One worker's slot. Used by that worker's thread only.
  static final class Slot implements AutoCloseable {
    private final WorkSlots owner;
    private long sliceStart = System.nanoTime();
    private boolean held = true;

    private Slot(WorkSlots owner) {
      this.owner = owner;
    }

    /// Lets others have the slot if they wait and this worker has had it for its time.
    void yieldIfDue() {
      if (owner.slots.hasQueuedThreads() && System.nanoTime() - sliceStart > SLICE_NANOS) {
        release();
        acquire();
      }
    }

    /// Gives the slot back until `acquire`.
    void release() {
      if (held) {
        held = false;
        owner.slots.release();
      }
    }

    void acquire() {
      if (!held) {
        owner.slots.acquireUninterruptibly();
        held = true;
        sliceStart = System.nanoTime();
      }
    }

    @Override
    public void close() {
      release();
    }
  }
}

package io.redward.compute.node;

import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;

/// The right to keep a core busy: as many at once as the node has cores, shared by the workers of
/// all queries. A worker gives its slot back when its time slice is over and others wait, and while
/// it waits for a client; who is next is for the [TurnQueue] to say.
public final class WorkSlots {
  private static final long SLICE_NANOS = 5_000_000;

  /// A long query's slice while a short one waits.
  private static final long URGENT_NANOS = 500_000;

  private static final int LONG_QUERIES_A_SLOT = 2;

  private final ReentrantLock lock = new ReentrantLock();
  private final TurnQueue<Slot> queue;
  private final int count;
  private int free;

  /// How long a worker may go on now that others wait.
  private volatile long slice = Long.MAX_VALUE;

  private volatile boolean busy;

  public WorkSlots(int count) {
    this.count = count;
    free = count;
    queue = new TurnQueue<>(count * LONG_QUERIES_A_SLOT);
  }

  /// How many workers may run at once.
  public int count() {
    return count;
  }

  /// True while any slot is taken.
  boolean busy() {
    return busy;
  }

  /// Waits for a slot on behalf of a query; close it to give it back.
  Slot take(QueryTurns query) {
    Slot slot = new Slot(this, query);
    slot.acquire();
    return slot;
  }

  /// Lets a worker wait.
  private void enter(Slot slot) {
    lock.lock();
    try {
      queue.add(slot.query, slot);
      serve();
    } finally {
      lock.unlock();
    }
  }

  /// Takes a slot back.
  ///
  /// @param again whether the worker wants another one at once
  private void leave(Slot slot, long nanos, boolean again) {
    lock.lock();
    try {
      free++;
      if (again) {
        queue.add(slot.query, slot);
      }
      queue.ran(slot.query, nanos);
      serve();
    } finally {
      lock.unlock();
    }
  }

  private void serve() {
    while (free > 0) {
      Optional<Slot> next = queue.next();
      if (next.isEmpty()) {
        break;
      }
      free--;
      next.get().grant();
    }
    busy = free < count;
    slice =
        queue.waiting() == 0 ? Long.MAX_VALUE : queue.shortOneWaits() ? URGENT_NANOS : SLICE_NANOS;
  }

  /// One worker's slot. Used by that worker's thread only.
  static final class Slot implements AutoCloseable {
    private final WorkSlots owner;
    private final QueryTurns query;
    private final Thread thread = Thread.currentThread();
    private long sliceStart;
    private boolean held;
    private volatile boolean granted;

    private Slot(WorkSlots owner, QueryTurns query) {
      this.owner = owner;
      this.query = query;
    }

    private void grant() {
      granted = true;
      LockSupport.unpark(thread);
    }

    /// Lets others have the slot if they wait and this worker has had it for its time.
    void yieldIfDue() {
      long slice = owner.slice;
      if (slice != Long.MAX_VALUE && System.nanoTime() - sliceStart > slice) {
        granted = false;
        owner.leave(this, System.nanoTime() - sliceStart, true);
        await();
      }
    }

    /// Gives the slot back until `acquire`.
    void release() {
      if (held) {
        held = false;
        granted = false;
        owner.leave(this, System.nanoTime() - sliceStart, false);
      }
    }

    void acquire() {
      if (!held) {
        owner.enter(this);
        await();
        held = true;
      }
    }

    /// Workers use memory that is given back when all have ended, so an interrupt is only kept.
    private void await() {
      boolean interrupted = false;
      while (!granted) {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
      if (interrupted) {
        thread.interrupt();
      }
      sliceStart = System.nanoTime();
    }

    @Override
    public void close() {
      release();
    }
  }
}

package io.redward.compute.node;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/// The right to keep a core busy: as many at once as the node has cores, shared by the workers of
/// all queries. A worker gives its slot back when its time slice is over and others wait, and while
/// it waits for a client; who is next is for the [TurnQueue] to say.
public final class WorkSlots {
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();
  private static final long SLICE_NANOS = 5_000_000;

  /// A long query's slice while a short one waits …
  private static final long URGENT_NANOS = 500_000;

  /// … and while none does: what it has in the caches is worth more than a quick turn.
  private static final long LONG_SLICE_NANOS = 50_000_000;

  /// For each slot. The states of a query over few groups or with small tables to look up in hold
  /// less.
  private static final long MUCH_BYTES = 2 << 20;

  /// Who waits for a slot.
  private enum Waiting {
    NOBODY,
    LONG_QUERIES,
    SHORT_QUERIES
  }

  private final ReentrantLock lock = new ReentrantLock();
  private final LongSupplier clock;
  private final TurnQueue<Slot> queue;
  private final int count;
  private int free;

  private volatile Waiting waiting = Waiting.NOBODY;

  private volatile boolean busy;

  public WorkSlots(int count) {
    this(count, System::nanoTime);
  }

  /// @param clock nanoseconds, by which waiting is measured
  WorkSlots(int count, LongSupplier clock) {
    this.count = count;
    this.clock = clock;
    free = count;
    queue = new TurnQueue<>(longAtOnce(count));
  }

  /// One query can keep all slots busy but for the ends of its steps, where a single worker is
  /// left; the more slots there are, the more of these ends others have to fill.
  private static int longAtOnce(int slots) {
    return 2 + slots / 4;
  }

  /// How many workers may run at once.
  public int count() {
    return count;
  }

  /// What a new query has used, which is nothing.
  ///
  /// @param heldBytes what its states hold at any time
  QueryTurns newcomer(LongSupplier heldBytes) {
    return new QueryTurns(heldBytes, MUCH_BYTES * count);
  }

  /// True while any slot is taken.
  boolean busy() {
    return busy;
  }

  /// True while somebody waits for a slot, so that more workers would not be quicker.
  boolean crowded() {
    return waiting != Waiting.NOBODY;
  }

  /// It has come out that a query will use so much processor time at the least.
  void expect(QueryTurns query, long nanos) {
    lock.lock();
    try {
      queue.expect(query, nanos);
    } finally {
      lock.unlock();
    }
  }

  /// Waits for a slot on behalf of a query; close it to give it back.
  Slot take(QueryTurns query) {
    Slot slot = new Slot(this, query);
    slot.acquire();
    return slot;
  }

  /// How many queries are before one that waits while none of its workers is at work; -1 if it
  /// does not.
  int position(QueryTurns query) {
    lock.lock();
    try {
      return query.waits ? queue.position(query) : -1;
    } finally {
      lock.unlock();
    }
  }

  /// How long a query has waited so, now included.
  long waitedNanos(QueryTurns query) {
    lock.lock();
    try {
      return query.waitedNanos + (query.waits ? clock.getAsLong() - query.waitsSince : 0);
    } finally {
      lock.unlock();
    }
  }

  /// Lets a worker wait.
  private void enter(Slot slot) {
    lock.lock();
    try {
      queue.add(slot.query, slot);
      serve();
      measure(slot.query);
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
      measure(slot.query);
    } finally {
      lock.unlock();
    }
  }

  /// Begins to measure how long a query waits, if it does from now on.
  private void measure(QueryTurns query) {
    if (!query.waits && queue.standsStill(query)) {
      query.waits = true;
      query.waitsSince = clock.getAsLong();
    }
  }

  private void serve() {
    while (free > 0) {
      Optional<Slot> next = queue.next();
      if (next.isEmpty()) {
        break;
      }
      free--;
      QueryTurns query = next.get().query;
      if (query.waits) {
        query.waits = false;
        query.waitedNanos += clock.getAsLong() - query.waitsSince;
      }
      next.get().grant();
    }
    busy = free < count;
    waiting =
        queue.waiting() == 0
            ? Waiting.NOBODY
            : queue.shortOneWaits() ? Waiting.SHORT_QUERIES : Waiting.LONG_QUERIES;
  }

  /// How long a worker of the query may go on.
  private long slice(QueryTurns query) {
    return switch (waiting) {
      case NOBODY -> Long.MAX_VALUE;
      case LONG_QUERIES -> query.isLong() ? LONG_SLICE_NANOS : SLICE_NANOS;
      case SHORT_QUERIES -> query.isLong() ? URGENT_NANOS : SLICE_NANOS;
    };
  }

  /// One worker's slot. Used by that worker's thread only.
  static final class Slot implements AutoCloseable {
    private final WorkSlots owner;
    private final QueryTurns query;
    private final Thread thread = Thread.currentThread();
    private long sliceStart;
    private long processorStart;
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
      long slice = owner.slice(query);
      if (slice != Long.MAX_VALUE
          && (System.nanoTime() - sliceStart > slice || query.holdsTooMuch())) {
        granted = false;
        owner.leave(this, used(), true);
        await();
      }
    }

    /// Gives the slot back until `acquire`.
    void release() {
      if (held) {
        held = false;
        granted = false;
        owner.leave(this, used(), false);
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
      processorStart = processorNanos();
    }

    /// Processor time since the slot was got: where other programs keep the machine busy, a query
    /// is not long because it takes long.
    private long used() {
      return processorNanos() - processorStart;
    }

    private static long processorNanos() {
      return Thread.currentThread().isVirtual()
          ? System.nanoTime()
          : THREADS.getCurrentThreadCpuTime();
    }

    @Override
    public void close() {
      release();
    }
  }
}

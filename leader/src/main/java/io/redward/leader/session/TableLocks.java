package io.redward.leader.session;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.trace.Stage;
import io.redward.foundation.trace.StageTimes;
import io.redward.storage.table.TransactionOwner;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Who uses which table, and who has it alone. Readers and writers never wait for each other; they
/// note that they are there, so that LOCK can wait for them and they for it. Whoever would wait in
/// a circle gets an error instead. Thread-safe.
///
/// Locks are held to the end of the transaction. Nobody overtakes one who waits for a table alone,
/// except those who use the table already.
final class TableLocks {
  private static final long POLL_MILLIS = 20;

  private final InstantSource clock;
  private final Map<Integer, TableQueue> tables = new HashMap<>();
  private final Map<Long, Waiting> waiting = new HashMap<>();

  TableLocks(InstantSource clock) {
    this.clock = clock;
  }

  /// How a table is used, weakest first.
  enum Mode {
    READ("AccessShareLock"),
    WRITE("ShareRowExclusiveLock"),
    ALONE("AccessExclusiveLock");

    private final String shownAs;

    Mode(String shownAs) {
      this.shownAs = shownAs;
    }

    /// As `svv_transactions` names it.
    String shownAs() {
      return shownAs;
    }

    private boolean conflicts(Mode other) {
      return this == ALONE || other == ALONE;
    }
  }

  /// A lock that is held or waited for.
  ///
  /// @param since when it was asked for
  record Lock(int table, TransactionOwner owner, Mode mode, Instant since, boolean granted) {}

  private record Waiting(int table, TransactionOwner owner, Mode mode, Instant since) {}

  /// Holders by transaction, and those who wait to have the table alone, in order.
  private static final class TableQueue {
    private final Map<Long, Lock> holders = new LinkedHashMap<>();
    private final List<Long> alone = new ArrayList<>();

    /// True while nobody has the table alone or wants to. Who has it alone is its only holder.
    private boolean isShared() {
      return alone.isEmpty()
          && (holders.size() != 1 || holders.values().iterator().next().mode() != Mode.ALONE);
    }
  }

  /// Takes a lock unless the transaction has one as strong.
  ///
  /// @return whether it had to wait, so that what it has seen before may be old
  /// @throws SqlException 40P01 if waiting would never end; the token's reason if it is cancelled
  synchronized boolean acquire(TransactionOwner owner, int table, Mode mode, CancelToken cancel) {
    TableQueue queue = tables.computeIfAbsent(table, _ -> new TableQueue());
    long id = owner.transactionId();
    Lock held = queue.holders.get(id);
    if (held != null && held.mode().compareTo(mode) >= 0) {
      return false;
    }
    Instant since = clock.instant();
    boolean free = mode != Mode.ALONE && queue.isShared();
    boolean waited = !free && !blockers(queue, id, mode).isEmpty();
    if (waited) {
      Waiting wish = new Waiting(table, owner, mode, since);
      StageTimes.time(Stage.QUEUE, () -> await(queue, wish, cancel));
    }
    queue.holders.put(id, new Lock(table, owner, mode, since, true));
    return waited;
  }

  /// Takes a lock only if that needs no waiting.
  synchronized boolean tryAcquire(TransactionOwner owner, int table, Mode mode) {
    TableQueue queue = tables.computeIfAbsent(table, _ -> new TableQueue());
    long id = owner.transactionId();
    if (!blockers(queue, id, mode).isEmpty()) {
      return false;
    }
    Lock held = queue.holders.get(id);
    if (held == null || held.mode().compareTo(mode) < 0) {
      queue.holders.put(id, new Lock(table, owner, mode, clock.instant(), true));
    }
    return true;
  }

  private void await(TableQueue queue, Waiting wish, CancelToken cancel) {
    long id = wish.owner().transactionId();
    waiting.put(id, wish);
    if (wish.mode() == Mode.ALONE) {
      queue.alone.add(id);
    }
    try {
      while (!blockers(queue, id, wish.mode()).isEmpty()) {
        if (waitsForItself(id)) {
          throw new SqlException(SqlState.DEADLOCK_DETECTED, "deadlock detected")
              .withDetail(
                  "Process "
                      + wish.owner().processId()
                      + " waits for "
                      + wish.mode().shownAs()
                      + " on relation "
                      + wish.table()
                      + " held by a transaction that waits for process "
                      + wish.owner().processId()
                      + ".");
        }
        cancel.check();
        wait(POLL_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlException(SqlState.QUERY_CANCELED, "Query cancelled on user's request", e);
    } finally {
      waiting.remove(id);
      queue.alone.remove(id);
      notifyAll();
    }
  }

  /// Transactions that must end before `id` gets the table in this mode.
  private static Set<Long> blockers(TableQueue queue, long id, Mode mode) {
    Set<Long> blockers = new HashSet<>();
    for (Lock lock : queue.holders.values()) {
      if (lock.owner().transactionId() != id && lock.mode().conflicts(mode)) {
        blockers.add(lock.owner().transactionId());
      }
    }
    boolean there = queue.holders.containsKey(id);
    for (long first : queue.alone) {
      if (first == id) {
        break;
      }
      if (!there) {
        blockers.add(first);
      }
    }
    return blockers;
  }

  private boolean waitsForItself(long id) {
    Set<Long> seen = new HashSet<>();
    List<Long> open = new ArrayList<>(List.of(id));
    while (!open.isEmpty()) {
      long next = open.removeLast();
      Waiting wish = waiting.get(next);
      TableQueue queue = wish == null ? null : tables.get(wish.table());
      if (wish != null && queue != null) {
        for (long blocker : blockers(queue, next, wish.mode())) {
          if (blocker == id) {
            return true;
          }
          if (seen.add(blocker)) {
            open.add(blocker);
          }
        }
      }
    }
    return false;
  }

  /// Gives a transaction's locks on these tables back, which are all it has.
  synchronized void release(TransactionOwner owner, Collection<Integer> held) {
    for (int table : held) {
      TableQueue queue = tables.get(table);
      if (queue != null) {
        queue.holders.remove(owner.transactionId());
        if (queue.holders.isEmpty() && unwanted(table)) {
          tables.remove(table);
        }
      }
    }
    if (!waiting.isEmpty()) {
      notifyAll();
    }
  }

  private boolean unwanted(int table) {
    return waiting.isEmpty() || waiting.values().stream().noneMatch(wish -> wish.table() == table);
  }

  /// Locks held and waited for.
  synchronized List<Lock> locks() {
    List<Lock> locks = new ArrayList<>();
    tables.values().forEach(queue -> locks.addAll(queue.holders.values()));
    waiting
        .values()
        .forEach(
            wish ->
                locks.add(new Lock(wish.table(), wish.owner(), wish.mode(), wish.since(), false)));
    return locks;
  }
}

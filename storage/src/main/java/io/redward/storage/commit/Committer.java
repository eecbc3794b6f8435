package io.redward.storage.commit;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.table.CommitActivity;
import io.redward.storage.table.TransactionOwner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/// Commits transactions, in groups: whoever gets the lock takes all that wait, certifies them one
/// after another, and writes those that pass as one object. While it waits for the disk the next
/// group gathers; its members sleep until they are told that they have been written, and one of
/// them is woken to lead the next group. Thread-safe.
///
/// 1. Who adds a transaction to those that wait tries to get the lock afterwards.
/// 2. Who lets go of the lock wakes the first that waits afterwards, whatever it held the lock for.
/// 3. So a transaction that waits has a thread that is awake, or the lock is held.
public final class Committer {
  private static final int MAX_GROUP = 1024;

  private final CommitLog log;
  private final CommitPolicy policy;
  private final ActivityLog activity = new ActivityLog();
  private final FoldedRows folds = new FoldedRows();
  private final RecentCommits recent = new RecentCommits();
  private final Certifier certifier = new Certifier(folds, recent, new Conflicts(activity));
  private final BiConsumer<Superblock, Superblock> published;
  private final LongSupplier oldestActiveVersion;
  private final Consumer<Superblock> gate;
  private final UUID writer = UUID.randomUUID();
  private final ReentrantLock lock = new ReentrantLock();
  private final ConcurrentLinkedQueue<Pending> waiting = new ConcurrentLinkedQueue<>();
  private volatile Superblock current;

  /// When the store was last seen to hold no commit behind [#current]; or, if that was long ago,
  /// that none can have been deleted.
  private volatile LogClock.Reading confirmed;

  private long attempts;
  private boolean uncertain;
  private boolean closed;

  /// Recovers the newest state.
  ///
  /// @param published told of every new state and the one before it, in order, under the lock
  /// @param oldestActiveVersion of the states that open transactions started on
  /// @param gate throws if nothing may be committed on top of the newest state
  public Committer(
      ObjectStore store,
      CommitPolicy policy,
      BiConsumer<Superblock, Superblock> published,
      LongSupplier oldestActiveVersion,
      Consumer<Superblock> gate) {
    this.gate = gate;
    log = new CommitLog(store, policy);
    this.policy = policy;
    if (policy.shared()) {
      recent.share();
    }
    this.published = published;
    this.oldestActiveVersion = oldestActiveVersion;
    confirmed = policy.clock().now();
    current = log.recover();
  }

  /// Sees to it that [#current] is not older than the policy allows.
  ///
  /// @throws SqlException if the store does not answer, or the log is damaged
  public void refresh() {
    if (!policy.shared()) {
      return;
    }
    long wantedNanos = policy.clock().now().nanos() - policy.staleness().toNanos();
    if (confirmed.nanos() - wantedNanos >= 0) {
      return;
    }
    lock.lock();
    try {
      // Somebody else may have asked since.
      if (!closed && confirmed.nanos() - wantedNanos < 0) {
        catchUp();
      }
    } finally {
      unlock();
    }
  }

  /// The newest state that anybody has committed by now.
  ///
  /// @throws SqlException if the store does not answer, or the log is damaged
  public Superblock newest() {
    if (policy.shared()) {
      lock.lock();
      try {
        catchUp();
      } finally {
        unlock();
      }
    }
    return current;
  }

  public Superblock current() {
    return current;
  }

  public CommitActivity activity() {
    return activity;
  }

  /// Makes `changes` durable and visible.
  ///
  /// @return the log position
  /// @throws SqlException 40001 if they conflict with what was committed since `base`; IO_ERROR or
  ///     DISK_FULL if they could not be written
  public long commit(Changes changes, Superblock base, Origin origin) {
    Pending mine = new Pending(new Certifier.Proposal(changes, base, origin));
    waiting.add(mine);
    boolean interrupted = false;
    while (!mine.done) {
      if (lock.tryLock()) {
        try {
          if (!mine.done) {
            commitGroup();
          }
        } finally {
          unlock();
        }
      } else {
        LockSupport.park(this);
        interrupted |= Thread.interrupted();
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    if (mine.failure != null) {
      throw mine.failure;
    }
    return mine.position;
  }

  /// Ends a serializable transaction that has changed nothing.
  ///
  /// @throws SqlException 40001 if what it has read fits no serial order
  public void endReader(Superblock base, Origin origin) {
    lock.lock();
    try {
      recent.keep(certifier.certifyReader(new Certifier.Proposal(new Changes(), base, origin)));
    } finally {
      unlock();
    }
  }

  private void unlock() {
    lock.unlock();
    Pending next = waiting.peek();
    if (next != null) {
      LockSupport.unpark(next.thread);
    }
  }

  /// Earlier states.
  public CommitHistory history() {
    return log.history();
  }

  /// Writes a checkpoint of the current state.
  public void checkpoint() {
    Superblock superblock = current;
    if (superblock.version() > log.newestCheckpointPosition()) {
      log.checkpoint(superblock);
    }
  }

  /// Goes on with what can be deleted of the log only some time after a checkpoint.
  public void trim() {
    if (policy.shared()) {
      log.trim();
    }
  }

  public long logBytes() {
    return log.bytes();
  }

  /// Position of the newest checkpoint, 0 if there is none.
  public long checkpointPosition() {
    return log.newestCheckpointPosition();
  }

  /// True if it is not known whether an earlier commit was written.
  public boolean isUncertain() {
    lock.lock();
    try {
      return uncertain;
    } finally {
      unlock();
    }
  }

  /// Waits for the running commit; later ones fail.
  public void close() {
    lock.lock();
    try {
      closed = true;
    } finally {
      unlock();
    }
  }

  private void commitGroup() {
    List<Pending> group = new ArrayList<>();
    Pending next;
    while (group.size() < MAX_GROUP && (next = waiting.poll()) != null) {
      group.add(next);
    }
    try {
      if (closed) {
        throw new SqlException(SqlState.ADMIN_SHUTDOWN, "the warehouse is shutting down");
      }
      write(group);
    } catch (UncertainCommitException e) {
      uncertain = true;
      SqlException failure =
          e.failure().withDetail("It is not known whether the transaction was committed.");
      group.forEach(pending -> pending.fail(failure));
    } catch (SqlException e) {
      group.forEach(pending -> pending.fail(e));
    } catch (RuntimeException | Error e) {
      uncertain = true;
      group.forEach(
          pending ->
              pending.fail(new SqlException(SqlState.INTERNAL_ERROR, "commit failed: " + e, e)));
      throw e;
    }
  }

  /// Writes what passes certification; tries again behind a commit of somebody else.
  private void write(List<Pending> group) {
    if (uncertain) {
      catchUp();
      uncertain = false;
    }
    while (true) {
      if (isOld()) {
        // Where the log's end was then it may have been closed since.
        catchUp();
      }
      gate.accept(current);
      recent.dropStaged();
      folds.dropStaged();
      long position = current.version() + 1;
      Superblock tentative = current;
      List<Pending> passed = new ArrayList<>();
      List<Changes> certified = new ArrayList<>();
      for (Pending pending : group) {
        try {
          long stamp = RecentCommits.stamp(position, passed.size());
          Certifier.Certified proof = certifier.certify(pending.proposal, tentative, stamp);
          tentative = tentative.apply(proof.changes(), position, position);
          recent.stage(proof.remembered());
          folds.stage(proof.changes());
          certified.add(proof.changes());
          passed.add(pending);
        } catch (SqlException conflict) {
          pending.fail(conflict);
        }
      }
      if (passed.isEmpty()) {
        return;
      }
      CommitFormat.Author author =
          new CommitFormat.Author(
              writer.getMostSignificantBits(), writer.getLeastSignificantBits(), ++attempts);
      LogClock.Reading asked = policy.clock().now();
      Instant started = Instant.now();
      long micros = policy.clock().millis().getAsLong() * 1_000;
      CommitFormat.Commit commit =
          new CommitFormat.Commit(
              position, author, Math.max(micros, current.committedMicros() + 1), certified);
      byte[] bytes = CommitFormat.write(commit);
      if (log.append(position, author, bytes) && stands(position, author)) {
        tentative = tentative.committedAt(commit.committedMicros());
        confirmed = asked;
        note(passed, started, bytes.length);
        try {
          recent.keepStaged(Math.min(current.version(), oldestActiveVersion.getAsLong()));
          publish(tentative);
          folds.keepStaged(position, oldestActiveVersion.getAsLong());
        } finally {
          // Told last: who has committed sees what it has committed.
          passed.forEach(pending -> pending.succeed(position));
        }
        return;
      }
      catchUp();
      group = passed;
    }
  }

  /// False if a commit was put where others have deleted the commits of a closed stretch: nobody
  /// will ever read it there. Only who has slept in between can have done so.
  ///
  /// @throws UncertainCommitException if others have closed the stretch, with this commit or before
  ///     it, so long ago that what was there is no longer kept
  private boolean stands(long position, CommitFormat.Author author) {
    try {
      if (!isOld() || !log.isClosed(position)) {
        return true;
      }
      Optional<byte[]> archived = log.archived(position);
      if (archived.isPresent()) {
        return CommitFormat.author(archived.get()).equals(author);
      }
    } catch (SqlException e) {
      throw new UncertainCommitException(e);
    }
    throw new UncertainCommitException(
        new SqlException(
            SqlState.IO_ERROR, "the log has moved on from position " + position + " meanwhile"));
  }

  private boolean isOld() {
    return policy.shared()
        && policy.clock().atMostSince(confirmed) > CommitPolicy.CONFIRM.toMillis();
  }

  private void note(List<Pending> group, Instant started, long bytes) {
    Instant ended = Instant.now();
    long leader = group.getFirst().proposal.origin().owner().transactionId();
    for (Pending pending : group) {
      TransactionOwner owner = pending.proposal.origin().owner();
      if (owner.transactionId() != 0) {
        activity.add(
            new CommitActivity.Commit(
                owner, pending.queued, started, ended, group.size(), leader, bytes));
      }
    }
  }

  /// Reads what others have committed, to the log's end.
  private void catchUp() {
    while (true) {
      LogClock.Reading asked = policy.clock().now();
      if (isOld()) {
        if (log.isClosed(current.version() + 1)) {
          follow(new CommitLog.Step(log.recover(), List.of()));
        }
        confirmed = asked;
      }
      Optional<CommitLog.Step> next = log.step(current);
      if (next.isEmpty()) {
        confirmed = asked;
        return;
      }
      follow(next.get());
    }
  }

  /// Goes on to a state that other processes have made.
  private void follow(CommitLog.Step step) {
    if (step.transactions().isEmpty()) {
      recent.foreign(current, step.state());
    } else {
      Superblock before = current;
      recent.foreign(
          step.state().version(),
          step.transactions().stream().map(changes -> Certifier.written(changes, before)).toList());
    }
    publish(step.state());
    folds.dropStaged();
    step.transactions().forEach(folds::stage);
    folds.keepStaged(step.state().version(), oldestActiveVersion.getAsLong());
  }

  private void publish(Superblock superblock) {
    Superblock before = current;
    current = superblock;
    published.accept(before, superblock);
  }

  private static final class Pending {
    private final Certifier.Proposal proposal;
    private final Instant queued = Instant.now();
    private final Thread thread = Thread.currentThread();
    private long position;
    private @Nullable SqlException failure;

    /// Written last: whoever sees it set sees the others.
    private volatile boolean done;

    Pending(Certifier.Proposal proposal) {
      this.proposal = proposal;
    }

    void succeed(long position) {
      this.position = position;
      end();
    }

    void fail(SqlException failure) {
      if (!done) {
        this.failure = failure;
        end();
      }
    }

    private void end() {
      done = true;
      LockSupport.unpark(thread);
    }
  }
}

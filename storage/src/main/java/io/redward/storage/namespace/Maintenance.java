package io.redward.storage.namespace;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.BlockWriter;
import io.redward.storage.commit.Superblock;
import io.redward.storage.commit.TableState;
import io.redward.storage.table.Housekeeping;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.VacuumRequest;
import io.redward.storage.table.VacuumRun;
import java.time.Instant;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The background thread of a namespace. It is woken by commits that leave something to do, and
/// does it in turn: folds, a checkpoint, garbage. Nothing that fails here harms a transaction; it
/// is tried again at the next occasion.
final class Maintenance implements Housekeeping {
  private static final Logger LOGGER = LoggerFactory.getLogger(Maintenance.class);
  private static final int CLOSE_SECONDS = 60;
  /// Loads come in parts; a table is sorted when they have ended.
  private static final int VACUUM_DELAY_SECONDS = 30;
  private static final int HISTORY_SECONDS = 20;
  /// What has been quiet is checkpointed after fewer commits, so that few objects are left.
  private static final int QUIET_COMMITS = 32;
  private static final int KEPT_VACUUMS = 1_000;
  private static final long PATIENCE_NANOS = 2_000_000_000L;
  private static final long PAUSE_NANOS = 5_000_000L;

  private final Complaints complaints = new Complaints(LOGGER);
  private final LocalNamespace namespace;
  private final StorageOptions options;
  private final Folding folding;
  private final ScheduledThreadPoolExecutor thread =
      new ScheduledThreadPoolExecutor(
          1, Thread.ofPlatform().daemon().name("storage-maintenance").factory());
  private final AtomicBoolean scheduled = new AtomicBoolean();
  private final AutomaticVacuum automatic = new AutomaticVacuum();
  private final AutomaticSnapshots automaticSnapshots;
  private final AtomicBoolean vacuumScheduled = new AtomicBoolean();
  private final AtomicLong lastVacuum = new AtomicLong();
  /// Held by the one vacuum that runs.
  private final ReentrantLock vacuuming = new ReentrantLock();

  private final Queue<VacuumRun> vacuums = new ConcurrentLinkedQueue<>();
  private volatile BooleanSupplier busy = () -> false;
  private volatile long checkpointPosition;
  private long seenVersion;

  /// What this process started with, until it is known what was dropped before.
  private @Nullable Superblock start;

  Maintenance(LocalNamespace namespace, StorageOptions options) {
    this.namespace = namespace;
    this.options = options;
    automaticSnapshots = new AutomaticSnapshots(options.snapshots());
    folding = new Folding(namespace, options, this::pause);
    checkpointPosition = namespace.committer().checkpointPosition();
    thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
    thread.setContinueExistingPeriodicTasksAfterShutdownPolicy(false);
    start = namespace.committer().current();
    if (options.commits().shared() || !options.commits().retention().isZero()) {
      Future<?> unused =
          thread.scheduleWithFixedDelay(
              this::lookAfterHistory, HISTORY_SECONDS, HISTORY_SECONDS, TimeUnit.SECONDS);
    }
  }

  /// Called after every commit, under the committer's lock: only decides and wakes.
  void published(Superblock superblock) {
    boolean due =
        superblock.version() - checkpointPosition >= options.checkpointCommits()
            || namespace.garbage().isDue();
    for (TableState table : superblock.tables()) {
      due |= table.contentVersion() == superblock.version() && folding.isDue(table);
    }
    try {
      if (due && scheduled.compareAndSet(false, true)) {
        thread.execute(this::run);
      }
      if (vacuumScheduled.compareAndSet(false, true)) {
        Future<?> unused =
            thread.schedule(this::vacuumLater, VACUUM_DELAY_SECONDS, TimeUnit.SECONDS);
      }
    } catch (RejectedExecutionException e) {
      // Closing: what is due will be due again after the next start.
      LOGGER.debug("no maintenance while closing", e);
    }
  }

  @Override
  public long encodedBytes(Vector values, int rowCount, String encoding) {
    return BlockWriter.encode(values, rowCount, encoding).bytes().length;
  }

  @Override
  public void yieldTo(BooleanSupplier busy) {
    this.busy = busy;
  }

  @Override
  public List<VacuumRun> vacuums() {
    return List.copyOf(vacuums);
  }

  @Override
  public VacuumRun vacuum(long tableId, VacuumRequest request, Runnable checkpoint) {
    vacuuming.lock();
    try {
      TableShape written = namespace.written(request.shape());
      return vacuumAlone(tableId, request.of(written), checkpoint);
    } finally {
      vacuuming.unlock();
    }
  }

  private VacuumRun vacuumAlone(long tableId, VacuumRequest request, Runnable checkpoint) {
    VacuumRun run =
        new VacuumRun(
            lastVacuum.incrementAndGet(),
            tableId,
            request,
            Instant.now(),
            Vacuum.measure(namespace.snapshot().table(tableId), request.shape()));
    vacuums.add(run);
    if (vacuums.size() > KEPT_VACUUMS) {
      vacuums.remove();
    }
    VacuumRun.Stage last = VacuumRun.Stage.FAILED;
    try {
      Runnable step = request.automatic() ? this::pause : this::checkOpen;
      Runnable pause =
          () -> {
            checkpoint.run();
            step.run();
          };
      boolean worked = new Vacuum(namespace, run, pause, Vacuum.WINDOW_ROWS).run();
      last = worked ? VacuumRun.Stage.COMPLETE : VacuumRun.Stage.SKIPPED;
    } finally {
      run.end(
          last,
          Vacuum.measure(namespace.snapshot().table(tableId), request.shape()),
          Instant.now());
    }
    return run;
  }

  /// Sorts and purges the tables that need it most, by the layout their newest rows have.
  private synchronized void vacuumWhatIsDue() {
    vacuumScheduled.set(false);
    if (!vacuuming.tryLock()) {
      // Folds do not wait for the vacuum that runs; the next commit asks again.
      return;
    }
    try {
      vacuumEachThatIsDue();
    } finally {
      vacuuming.unlock();
    }
  }

  private void vacuumEachThatIsDue() {
    for (TableState table : List.copyOf(namespace.committer().current().tables())) {
      if (thread.isShutdown()) {
        return;
      }
      complaints.attempt("automatic vacuum of table " + table.tableId(), () -> vacuumIfDue(table));
    }
  }

  private void vacuumIfDue(TableState table) {
    TableShape shape = table.rowsets().getLast().file().shape();
    if (automatic.isDue(namespace.snapshot().table(table.tableId()), shape)) {
      vacuum(table.tableId(), AutomaticVacuum.request(shape));
      automatic.done(namespace.snapshot().table(table.tableId()));
    }
  }

  private void vacuumLater() {
    complaints.attempt("automatic vacuum", this::vacuumWhatIsDue);
  }

  private void checkOpen() {
    if (thread.isShutdown()) {
      throw new SqlException(SqlState.ADMIN_SHUTDOWN, "the warehouse is shutting down");
    }
  }

  /// Steps back while queries run, though not for ever.
  void pause() {
    checkOpen();
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (busy.getAsBoolean() && System.nanoTime() < deadline) {
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  /// Runs what is due in the caller's thread, and a checkpoint in any case.
  synchronized void runNow() {
    folding.foldAll();
    vacuumWhatIsDue();
    checkpoint();
    collect();
  }

  void close() {
    folding.stop();
    thread.shutdown();
    try {
      if (!thread.awaitTermination(CLOSE_SECONDS, TimeUnit.SECONDS)) {
        LOGGER.warn("maintenance is still running after {} s", CLOSE_SECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private synchronized void run() {
    scheduled.set(false);
    for (TableState table : List.copyOf(namespace.committer().current().tables())) {
      complaints.attempt(
          "folding of table " + table.tableId(), () -> folding.foldTable(table.tableId()));
    }
    complaints.attempt(
        "checkpoint",
        () -> {
          long behind = namespace.committer().current().version() - checkpointPosition;
          if (behind >= options.checkpointCommits()) {
            checkpoint();
          }
        });
    complaints.attempt("collection of garbage", this::collect);
  }

  /// Drops snapshots that have expired, makes those that are due, and collects what has become too
  /// old for the history.
  private synchronized void lookAfterHistory() {
    complaints.attempt(
        "automatic snapshot",
        () -> automaticSnapshots.run(namespace.storedHistory(), namespace.newest()));
    complaints.attempt("checkpoint", this::checkpointQuiet);
    complaints.attempt("trimming of the log", namespace.committer()::trim);
    complaints.attempt("collection of garbage", this::collect);
  }

  private void checkpointQuiet() {
    long version = namespace.committer().current().version();
    if (version == seenVersion && version - checkpointPosition >= QUIET_COMMITS) {
      checkpoint();
    }
    seenVersion = version;
  }

  private void collect() {
    Superblock from = start;
    boolean remembers = options.commits().shared() || !options.commits().retention().isZero();
    if (from != null && remembers) {
      namespace
          .garbage()
          .recallDropped(from, step -> namespace.committer().history().forEach(from, step));
    }
    start = null;
    namespace.collectGarbage();
  }

  private void checkpoint() {
    namespace.committer().checkpoint();
    checkpointPosition = namespace.committer().checkpointPosition();
  }
}

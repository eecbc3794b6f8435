package io.redward.cluster.scaling;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.trace.Progress;
import io.redward.foundation.trace.StageTimes;
import io.redward.plan.run.ScalingUse;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The seats of the main cluster and of those that were added, and the line of queries that want
/// one. Starts clusters while queries wait, ends those that nobody uses, counts their seconds.
/// Thread-safe.
final class Fleet implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Fleet.class);
  private static final long LOOK_MILLIS = 20;
  private static final long SWEEP_MILLIS = 200;

  /// How long after a failed start none is tried.
  private static final long BACK_OFF_NANOS = 15_000_000_000L;

  /// Nobody waits longer than this for a seat: clients may hold back the queries that have them.
  private static final long MOST_WAITING_NANOS = 60_000_000_000L;

  private static final int KEPT_USES = 1_000;

  private final ScalingOptions options;
  private final Provisioner provisioner;
  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();
  private final Deque<Object> line = new ArrayDeque<>();
  private final List<Cluster> clusters = new ArrayList<>();
  private final Deque<ScalingUse> past = new ArrayDeque<>();
  private final BitSet numbers = new BitSet();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(
          Thread.ofPlatform().daemon().name("scaling-sweeper").factory());
  private final CompletableFuture<Void> cleaned;
  private int mainUsed;
  private int starting;
  private long failedAt = System.nanoTime() - BACK_OFF_NANOS;
  private boolean closed;

  Fleet(ScalingOptions options, Provisioner provisioner) {
    this.options = options;
    this.provisioner = provisioner;
    cleaned = CompletableFuture.runAsync(this::clean, sweeper);
    ScheduledFuture<?> unused =
        sweeper.scheduleWithFixedDelay(
            this::sweep, SWEEP_MILLIS, SWEEP_MILLIS, TimeUnit.MILLISECONDS);
  }

  private void clean() {
    try {
      provisioner.clean();
    } catch (IOException | RuntimeException e) {
      LOGGER.warn("scaling clusters of an earlier process may be left: {}", e.toString());
    }
  }

  /// A cluster that was added. Guarded by the lock.
  static final class Cluster {
    private final int number;
    private final Provisioner.Provisioned provisioned;
    private final Instant start = Instant.now();
    private int used;
    private long queries;
    private long usedNanos;
    private long busySince;
    private long idleSince = System.nanoTime();

    Cluster(int number, Provisioner.Provisioned provisioned) {
      this.number = number;
      this.provisioned = provisioned;
    }

    Provisioner.Provisioned provisioned() {
      return provisioned;
    }

    private void enter() {
      if (used++ == 0) {
        busySince = System.nanoTime();
      }
      queries++;
    }

    private void leave() {
      if (--used == 0) {
        idleSince = System.nanoTime();
        usedNanos += idleSince - busySince;
      }
    }

    private ScalingUse use(Optional<Instant> end) {
      long running = used > 0 ? System.nanoTime() - busySince : 0;
      return new ScalingUse(start, end, queries, usedNanos + running);
    }
  }

  /// A query's seat.
  ///
  /// @param cluster null for the main cluster
  /// @param counted whether it is one of the main cluster's; a query that has waited for too long
  ///     goes there without
  record Seat(@Nullable Cluster cluster, boolean counted) {}

  /// Waits for a seat: at once or within the patience on the main cluster, later on any.
  Seat take(CancelToken cancel) {
    long begin = System.nanoTime();
    lock.lock();
    try {
      if (line.isEmpty() && mainUsed < options.seats()) {
        mainUsed++;
        return new Seat(null, true);
      }
      Object place = new Object();
      line.addLast(place);
      Progress progress = StageTimes.currentProgress();
      progress.begin(
          new Progress.Memory(() -> 0, () -> 0),
          new Progress.Turn(() -> position(place), () -> System.nanoTime() - begin));
      try {
        while (true) {
          long waited = System.nanoTime() - begin;
          Optional<Seat> seat = look(place, waited);
          if (seat.isPresent()) {
            return seat.get();
          }
          cancel.check();
          boolean unused = changed.await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
        }
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return new Seat(null, false);
      } finally {
        progress.end();
        line.remove(place);
        changed.signalAll();
      }
    } finally {
      lock.unlock();
    }
  }

  private int position(Object place) {
    lock.lock();
    try {
      return List.copyOf(line).indexOf(place);
    } finally {
      lock.unlock();
    }
  }

  private Optional<Seat> look(Object place, long waited) {
    if (line.peekFirst() == place && mainUsed < options.seats()) {
      mainUsed++;
      return Optional.of(new Seat(null, true));
    }
    if (waited < options.patience().toNanos()) {
      return Optional.empty();
    }
    for (Cluster cluster : clusters) {
      if (cluster.used < options.seats() && cluster.provisioned.alive()) {
        cluster.enter();
        return Optional.of(new Seat(cluster, false));
      }
    }
    boolean coming = starting > 0 || start();
    if (waited < MOST_WAITING_NANOS && (coming || !clusters.isEmpty())) {
      return Optional.empty();
    }
    return Optional.of(new Seat(null, false));
  }

  /// Has another cluster started if there may be one.
  private boolean start() {
    if (closed
        || clusters.size() + starting >= options.clusters()
        || System.nanoTime() - failedAt < BACK_OFF_NANOS) {
      return false;
    }
    starting++;
    int number = numbers.nextClearBit(0);
    numbers.set(number);
    Thread unused =
        Thread.ofPlatform().daemon().name("scaling-start-" + number).start(() -> start(number));
    return true;
  }

  private void start(int number) {
    LOGGER.info("queries wait: starting scaling cluster {}", number);
    Provisioner.@Nullable Provisioned started = null;
    try {
      cleaned.join();
      started = provisioner.start(number);
    } catch (IOException | RuntimeException e) {
      LOGGER.warn(
          "scaling cluster {} does not start, queries run on the main cluster: {}",
          number,
          e.toString());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    lock.lock();
    try {
      starting--;
      if (started == null || closed) {
        numbers.clear(number);
        failedAt = System.nanoTime();
      } else {
        clusters.add(new Cluster(number, started));
        started = null;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    if (started != null) {
      started.close();
    }
  }

  /// Gives a seat back.
  ///
  /// @param lost whether the cluster has shown to be of no more use
  void leave(Seat seat, boolean lost) {
    lock.lock();
    try {
      Cluster cluster = seat.cluster();
      if (cluster != null) {
        cluster.leave();
        if (lost && clusters.remove(cluster)) {
          end(cluster);
        }
      } else if (seat.counted()) {
        mainUsed--;
      }
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void sweep() {
    lock.lock();
    try {
      for (Cluster cluster : List.copyOf(clusters)) {
        boolean idle =
            cluster.used == 0 && System.nanoTime() - cluster.idleSince > options.idle().toNanos();
        if (idle || !cluster.provisioned.alive()) {
          LOGGER.info("scaling cluster {} {}", cluster.number, idle ? "is not needed" : "is gone");
          clusters.remove(cluster);
          end(cluster);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  private void end(Cluster cluster) {
    past.addLast(cluster.use(Optional.of(Instant.now())));
    if (past.size() > KEPT_USES) {
      past.removeFirst();
    }
    Thread unused =
        Thread.ofPlatform()
            .name("scaling-end-" + cluster.number)
            .start(
                () -> {
                  cluster.provisioned.close();
                  lock.lock();
                  try {
                    numbers.clear(cluster.number);
                  } finally {
                    lock.unlock();
                  }
                });
  }

  /// The clusters that were added, the oldest first.
  List<ScalingUse> uses() {
    lock.lock();
    try {
      List<ScalingUse> uses = new ArrayList<>(past);
      clusters.forEach(cluster -> uses.add(cluster.use(Optional.empty())));
      return uses;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    sweeper.shutdownNow();
    List<Cluster> left;
    lock.lock();
    try {
      closed = true;
      left = List.copyOf(clusters);
      clusters.clear();
    } finally {
      lock.unlock();
    }
    left.forEach(cluster -> cluster.provisioned.close());
    provisioner.close();
  }
}

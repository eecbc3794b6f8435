package io.redward.storage.objectstore;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.BrokenBarrierException;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// Finds out whether a store decides races: several writers put the same keys if absent, all at
/// once. A store that lets two of them win would lose commits, and answers rightly as long as it is
/// asked one at a time; so it is tried before the first commit of a namespace.
public final class RaceProbe {
  static final int WRITERS = 8;
  static final int KEYS = 50;

  private RaceProbe() {}

  /// Puts objects under `probe/` and deletes them again.
  ///
  /// @throws SqlException FEATURE_NOT_SUPPORTED if the store does not decide races
  public static void run(ObjectStore store) {
    String prefix = "probe/" + UUID.randomUUID() + "/";
    try {
      refuseIfWrong(race(store, prefix));
    } finally {
      for (int key = 0; key < KEYS; key++) {
        store.delete(prefix + key);
      }
    }
  }

  private static void refuseIfWrong(int undecided) {
    if (undecided > 0) {
      throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED,
              "the object store does not decide races: of "
                  + WRITERS
                  + " writers that put a key if absent, more than one won "
                  + undecided
                  + " of "
                  + KEYS
                  + " keys")
          .withDetail(
              "A commit is one such put. In this store two commits could take the same place, and"
                  + " one of them would be lost.")
          .withHint(
              "Use a store that honours PUT with If-None-Match: * also when requests come at once,"
                  + " such as Amazon S3 or Ceph RGW, or a directory.");
    }
  }

  /// Keys with more than one winner, or that do not hold what the winner put.
  private static int race(ObjectStore store, String prefix) {
    int[] winners = new int[KEYS];
    int[] winner = new int[KEYS];
    Queue<SqlException> refusals = new ConcurrentLinkedQueue<>();
    CyclicBarrier start = new CyclicBarrier(WRITERS);
    List<Callable<Boolean>> writers = new ArrayList<>();
    for (int i = 0; i < WRITERS; i++) {
      int writer = i;
      writers.add(
          () -> {
            try {
              for (int key = 0; key < KEYS; key++) {
                await(start);
                if (won(store, prefix + key, value(writer))) {
                  synchronized (winners) {
                    winners[key]++;
                    winner[key] = writer;
                  }
                }
              }
            } catch (SqlException e) {
              refusals.add(e);
              start.reset();
            }
            return true;
          });
    }
    try (ExecutorService executor = Executors.newVirtualThreadPerTaskExecutor()) {
      for (Future<Boolean> done : executor.invokeAll(writers)) {
        done.get();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SqlException(SqlState.ADMIN_SHUTDOWN, "the store was not tried to the end", e);
    } catch (ExecutionException e) {
      if (refusals.isEmpty()) {
        throw new IllegalStateException("the probe failed", e.getCause());
      }
    }
    if (!refusals.isEmpty()) {
      throw refusals.remove();
    }
    int undecided = 0;
    for (int key = 0; key < KEYS; key++) {
      boolean replaced =
          winners[key] == 1
              && !Arrays.equals(store.find(prefix + key).orElse(new byte[0]), value(winner[key]));
      undecided += winners[key] > 1 || replaced ? 1 : 0;
    }
    return undecided;
  }

  /// A put without an answer wins nothing.
  private static boolean won(ObjectStore store, String key, byte[] value) {
    try {
      return store.putIfAbsent(key, value);
    } catch (SqlException e) {
      if (e.state() == SqlState.IO_ERROR) {
        return false;
      }
      throw e;
    }
  }

  private static void await(CyclicBarrier barrier) throws InterruptedException {
    try {
      barrier.await();
    } catch (BrokenBarrierException e) {
      throw new IllegalStateException("another writer has failed", e);
    }
  }

  private static byte[] value(int writer) {
    return ("writer " + writer).getBytes(StandardCharsets.UTF_8);
  }
}

package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.commit.LogClock;
import io.redward.storage.commit.SavedStates;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.s3.S3Server;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Three processes over one S3 store: two write pairs of rows and take some of them back, and one
/// watches, while rowsets are folded and vacuumed and garbage is deleted as soon as nobody uses it.
/// Whoever looks sees whole commits, nobody's row is missing, and nobody is refused on account of
/// the housekeeping.
final class SharedHousekeepingTest {
  private static final int COMMITS = Integer.getInteger("redward.housekeeping.commits", 7);

  @TempDir Path directory;

  private final AtomicLong millis = new AtomicLong(4_102_444_800_000L);
  private final AtomicLong reads = new AtomicLong();

  @Test
  void commitsAreSeenWholeWhileTheStoreIsCleanedUp() throws Exception {
    try (S3Server server = S3Server.start(directory);
        ObjectStore observed = server.store("shared/");
        LocalNamespace first = open(server.store("shared/"));
        LocalNamespace second = open(server.store("shared/"));
        LocalNamespace watcher = open(server.store("shared/"));
        ExecutorService executor = Executors.newFixedThreadPool(3)) {
      List<LocalNamespace> all = List.of(first, second, watcher);
      List<Future<?>> running = new ArrayList<>();
      running.add(executor.submit(() -> write(first, 1)));
      running.add(executor.submit(() -> write(second, 2)));
      List<Future<?>> writers = List.copyOf(running);
      running.add(executor.submit(() -> keepHouse(first, writers)));
      while (running.stream().anyMatch(each -> !each.isDone())) {
        all.forEach(LocalNamespace::tendLease);
        millis.addAndGet(10_000);
        Snapshot snapshot = watcher.snapshot();
        check(snapshot);
      }
      for (Future<?> each : running) {
        each.get();
      }
      all.forEach(namespace -> check(namespace.snapshot()));
      for (int i = 0; i < 50 && observed.list("data/").size() > live(first); i++) {
        all.forEach(LocalNamespace::snapshot);
        System.gc();
        all.forEach(LocalNamespace::tendLease);
        millis.addAndGet(30_000);
        first.maintain();
      }
      assertThat(observed.list("data/")).hasSize(live(first));
      check(watcher.snapshot());
    }
  }

  /// Each writer has a table of its own; an entry says how many pairs there are.
  private static void write(LocalNamespace namespace, long table) {
    Deque<Integer> pairs = new ArrayDeque<>();
    for (int i = 0; i < COMMITS; i++) {
      WriteTransaction transaction = namespace.begin();
      if (i % 3 == 2) {
        int pair = pairs.removeFirst();
        TagTable.delete(transaction, table, 2 * pair);
        TagTable.delete(transaction, table, 2 * pair + 1);
      } else {
        TagTable.insert(transaction, table, 2 * i);
        TagTable.insert(transaction, table, 2 * i + 1);
        pairs.add(i);
      }
      byte[] count = ByteBuffer.allocate(4).putInt(pairs.size()).array();
      transaction.putEntry("pairs/" + table, count);
      transaction.commit();
    }
  }

  private static void keepHouse(LocalNamespace namespace, List<Future<?>> writers) {
    while (writers.stream().anyMatch(each -> !each.isDone())) {
      namespace.maintain();
    }
  }

  private static void check(Snapshot snapshot) {
    for (long table = 1; table <= 2; table++) {
      List<Integer> tags = TagTable.read(snapshot, table);
      int pairs =
          snapshot.entry("pairs/" + table).map(bytes -> ByteBuffer.wrap(bytes).getInt()).orElse(0);
      assertThat(tags).doesNotHaveDuplicates().hasSize(2 * pairs);
      for (int tag : tags) {
        assertThat(tags).contains(tag ^ 1);
      }
    }
  }

  private static int live(LocalNamespace namespace) {
    return SavedStates.objects(namespace.committer().newest()).size();
  }

  private LocalNamespace open(ObjectStore store) {
    LogClock clock =
        new LogClock(() -> millis.get() * 1_000_000 + reads.incrementAndGet(), millis::get);
    CommitPolicy policy =
        CommitPolicy.sharedWithOthers()
            .withRetention(Duration.ZERO)
            .withStaleness(Duration.ZERO)
            .withClock(clock);
    return LocalNamespace.open(store, new StorageOptions(0, 1, 10, 4).withCommits(policy));
  }
}

package io.redward.storage.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.check.FindingKind;
import io.redward.storage.objectstore.ChaosObjectStore;
import io.redward.storage.objectstore.ChaosObjectStore.Fault;
import io.redward.storage.objectstore.ForwardingObjectStore;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Two processes commit to one log over a store with every kind of fault: it loses answers, says
/// that a writer's own object is somebody else's, does things late and twice and half, throttles,
/// flips bits, lists what was there some time ago, and has no room. They checkpoint, archive and
/// delete on the way, by clocks that run fast. No transaction conflicts with another, so that a
/// conflict would be a false one. `-Dredward.commits=N` sets how many there are; 4,000 by default.
final class AmbiguousCommitTest {
  private static final int COMMITS = Integer.getInteger("redward.commits", 4_000);
  private static final int PROCESSES = 2;
  private static final int THREADS = 4;
  private static final int CLOCK_SPEED = 100;

  /// Entries of a thread's transactions that are kept, so that the state stays small.
  private static final int KEPT = 50;

  private static final int CHECKPOINT_EACH = 100;
  private static final int CHECKPOINT_ATTEMPTS = 20;

  /// Commits and archives that the processes have deleted: the history goes back only so far.
  private final InMemoryObjectStore bygone = new InMemoryObjectStore();

  private final ObjectStore disk =
      new ForwardingObjectStore(new InMemoryObjectStore()) {
        @Override
        public void delete(String key) {
          if (key.endsWith(".archive") || key.endsWith(LogNames.COMMIT)) {
            find(key).ifPresent(bytes -> bygone.putIfAbsent(key, bytes));
          }
          super.delete(key);
        }
      };

  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
  private final Set<String> refused = ConcurrentHashMap.newKeySet();
  private final AtomicLong falseConflicts = new AtomicLong();
  private final AtomicLong faults = new AtomicLong();
  private final AtomicInteger next = new AtomicInteger();

  @Test
  void ambiguousAnswersCauseNeitherFalseConflictsNorDoubleCommits() throws Exception {
    try (ExecutorService executor = Executors.newFixedThreadPool(PROCESSES)) {
      List<Future<?>> processes = new ArrayList<>();
      for (int i = 0; i < PROCESSES; i++) {
        int process = i;
        processes.add(executor.submit(() -> runProcess(process)));
      }
      for (Future<?> process : processes) {
        process.get();
      }
    }
    Map<String, Integer> found = new HashMap<>();
    Set<String> state = new HashSet<>();
    TreeMap<Long, byte[]> log = log();
    for (byte[] commit : log.values()) {
      for (Changes changes : CommitFormat.read(commit, disk).transactions()) {
        changes.puts().keySet().forEach(key -> found.merge(key, 1, Integer::sum));
        state.addAll(changes.puts().keySet());
        state.removeAll(changes.removes());
      }
    }
    List<String> doubled =
        found.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
    Superblock recovered = new CommitLog(disk, CommitPolicy.exclusive()).recover();
    System.out.printf(
        "%,d transactions in %,d commits of %d processes, %,d faults: %,d acknowledged, %,d refused"
            + " for want of room, %d of unknown outcome, %d false conflicts, %d committed twice;"
            + " %d objects left of the log%n",
        COMMITS,
        recovered.version(),
        PROCESSES,
        faults.get(),
        acknowledged.size(),
        refused.size(),
        unknown.size(),
        falseConflicts.get(),
        doubled.size(),
        disk.list("log/").size() + disk.list("epochs/").size());
    assertThat(falseConflicts).hasValue(0);
    assertThat(doubled).isEmpty();
    assertThat(log.lastKey()).isEqualTo(recovered.version());
    assertThat(log.size()).isEqualTo((int) recovered.version());
    assertThat(found.keySet().containsAll(acknowledged)).isTrue();
    assertThat(Collections.disjoint(found.keySet(), refused)).isTrue();
    assertThat(acknowledged.size() + refused.size() + unknown.size()).isEqualTo(COMMITS);
    assertThat(unknown.size()).isLessThan(COMMITS / 50);
    for (String key : found.keySet()) {
      if (!acknowledged.contains(key)) {
        assertThat(unknown).contains(key);
      }
    }
    assertThat(Set.copyOf(recovered.values("transaction/").keySet())).isEqualTo(state);
    assertThat(LogCheck.run(disk).findings())
        .as("but for half a checkpoint, which is passed over")
        .allMatch(finding -> finding.kind() == FindingKind.DAMAGED_CHECKPOINT);
  }

  private Void runProcess(int process) throws InterruptedException, ExecutionException {
    ChaosObjectStore store = new ChaosObjectStore(disk, 17 + process);
    LogClock clock =
        new LogClock(
            () -> System.nanoTime() * CLOCK_SPEED,
            () -> System.nanoTime() / 1_000_000 * CLOCK_SPEED);
    CommitPolicy policy = CommitPolicy.sharedWithOthers().withPause(Duration.ZERO).withClock(clock);
    Committer committer =
        new Committer(store, policy, (before, after) -> {}, () -> Long.MAX_VALUE, newest -> {});
    store
        .with(Fault.THROTTLE, 40)
        .with(Fault.CONFLICT, 40)
        .with(Fault.LOST_ANSWER, 60)
        .with(Fault.TAKEN_BY_ITSELF, 60)
        .with(Fault.LATE, 40)
        .with(Fault.LATE_DUPLICATE, 40)
        .with(Fault.LATENCY, 5)
        .with(Fault.PARTIAL, 100)
        .with(Fault.STALE_LIST, 100)
        .with(Fault.DISK_FULL, 5)
        .with(Fault.BIT_FLIP, 5);
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Future<?>> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        threads.add(executor.submit(() -> commitAll(committer)));
      }
      for (Future<?> thread : threads) {
        thread.get();
      }
    }
    faults.addAndGet(store.faults());
    return null;
  }

  private void commitAll(Committer committer) {
    ArrayDeque<String> kept = new ArrayDeque<>();
    int number;
    while ((number = next.getAndIncrement()) < COMMITS) {
      String key = "transaction/" + number;
      Changes changes = new Changes();
      changes.put(key, new byte[] {1});
      if (kept.size() == KEPT) {
        changes.remove(kept.removeFirst());
      }
      try {
        committer.commit(changes, committer.current(), Origin.WAREHOUSE);
        acknowledged.add(key);
        kept.add(key);
      } catch (SqlException e) {
        if (e.state() == SqlState.SERIALIZATION_FAILURE) {
          falseConflicts.incrementAndGet();
        }
        boolean open = e.detail().orElse("").startsWith("It is not known");
        (open ? unknown : refused).add(key);
      }
      if (number % CHECKPOINT_EACH == 0) {
        checkpoint(committer);
      }
    }
  }

  /// Goes on where a fault has ended it, as the background thread does and the client of a store.
  private static void checkpoint(Committer committer) {
    for (int attempt = 0; attempt < CHECKPOINT_ATTEMPTS; attempt++) {
      try {
        committer.checkpoint();
        committer.trim();
        return;
      } catch (SqlException e) {
        assertThat(e.state()).isNotEqualTo(SqlState.INTERNAL_ERROR);
      }
    }
  }

  /// All commits, by their positions.
  private TreeMap<Long, byte[]> log() {
    TreeMap<Long, byte[]> commits = new TreeMap<>();
    // What was put late counts only where nothing else is known; an archive counts most.
    for (ObjectStore store : List.of(disk, bygone)) {
      for (ObjectSummary object : store.list(LogNames.PREFIX)) {
        LogNames.position(object.key(), LogNames.COMMIT)
            .ifPresent(at -> commits.put(at, store.find(object.key()).orElseThrow()));
      }
    }
    Map<Long, byte[]> archived = new HashMap<>();
    for (ObjectStore store : List.of(disk, bygone)) {
      for (ObjectSummary object : store.list(LogNames.PREFIX)) {
        Stretch.named(object.key())
            .ifPresent(
                stretch -> {
                  byte[] bytes = store.find(object.key()).orElseThrow();
                  ArchiveFormat.Archive archive = ArchiveFormat.read(bytes, stretch);
                  for (long at = archive.first(); archive.holds(at); at++) {
                    byte[] before = archived.put(at, archive.commit(at));
                    assertThat(before == null || Arrays.equals(before, archive.commit(at)))
                        .as("archives agree on %d", at)
                        .isTrue();
                  }
                });
      }
    }
    commits.putAll(archived);
    return commits;
  }
}

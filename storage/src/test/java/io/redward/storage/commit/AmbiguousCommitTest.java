package io.redward.storage.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.objectstore.ChaosObjectStore;
import io.redward.storage.objectstore.ChaosObjectStore.Fault;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/// Two processes commit to one log over a store that loses answers, says that a writer's own object
/// is somebody else's, does things late and twice, throttles, and flips bits. No transaction
/// conflicts with another, so that a conflict would be a false one. `-Dredward.commits=N` sets how
/// many there are; 4,000 by default.
final class AmbiguousCommitTest {
  private static final int COMMITS = Integer.getInteger("redward.commits", 4_000);
  private static final int PROCESSES = 2;
  private static final int THREADS = 4;

  private final InMemoryObjectStore disk = new InMemoryObjectStore();
  private final Set<String> acknowledged = ConcurrentHashMap.newKeySet();
  private final Set<String> unknown = ConcurrentHashMap.newKeySet();
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
    Map<String, Integer> found = occurrences(disk);
    List<String> doubled =
        found.entrySet().stream().filter(e -> e.getValue() > 1).map(Map.Entry::getKey).toList();
    Superblock recovered = new CommitLog(disk, CommitPolicy.exclusive()).recover();
    System.out.printf(
        "%,d transactions in %,d commits of %d processes, %,d faults: %,d acknowledged, %d of"
            + " unknown outcome, %d false conflicts, %d committed twice%n",
        COMMITS,
        recovered.version(),
        PROCESSES,
        faults.get(),
        acknowledged.size(),
        unknown.size(),
        falseConflicts.get(),
        doubled.size());
    assertThat(falseConflicts).hasValue(0);
    assertThat(doubled).isEmpty();
    assertThat(found.keySet()).containsAll(acknowledged);
    assertThat(acknowledged.size() + unknown.size()).isEqualTo(COMMITS);
    assertThat(unknown.size()).isLessThan(COMMITS / 50);
    for (String key : found.keySet()) {
      assertThat(acknowledged.contains(key) || unknown.contains(key)).as(key).isTrue();
      assertThat(recovered.value(key)).as(key).isPresent();
    }
  }

  private Void runProcess(int process) throws InterruptedException, ExecutionException {
    ChaosObjectStore store = new ChaosObjectStore(disk, 17 + process);
    CommitPolicy policy = CommitPolicy.sharedWithOthers().withPause(Duration.ZERO);
    Committer committer =
        new Committer(store, policy, (before, after) -> {}, () -> Long.MAX_VALUE, newest -> {});
    store
        .with(Fault.THROTTLE, 40)
        .with(Fault.CONFLICT, 40)
        .with(Fault.LOST_ANSWER, 60)
        .with(Fault.TAKEN_BY_ITSELF, 60)
        .with(Fault.LATE, 40)
        .with(Fault.LATE_DUPLICATE, 40)
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
    int number;
    while ((number = next.getAndIncrement()) < COMMITS) {
      String key = "transaction/" + number;
      Changes changes = new Changes();
      changes.put(key, new byte[] {1});
      try {
        committer.commit(changes, committer.current(), Origin.WAREHOUSE);
        acknowledged.add(key);
      } catch (SqlException e) {
        if (e.state() == SqlState.SERIALIZATION_FAILURE) {
          falseConflicts.incrementAndGet();
        }
        unknown.add(key);
      }
    }
  }

  /// How often each key is put in the whole log.
  private static Map<String, Integer> occurrences(ObjectStore store) {
    Map<String, Integer> found = new HashMap<>();
    for (ObjectSummary object : store.list(LogNames.PREFIX)) {
      byte[] bytes = store.find(object.key()).orElseThrow();
      for (Changes changes : CommitFormat.read(bytes, store).transactions()) {
        changes.puts().keySet().forEach(key -> found.merge(key, 1, Integer::sum));
      }
    }
    return found;
  }
}

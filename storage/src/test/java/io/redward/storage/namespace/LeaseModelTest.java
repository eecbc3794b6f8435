package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.commit.LogClock;
import io.redward.storage.commit.SavedStates;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/// Several processes over one store, whose clocks show different times and run at different speeds,
/// which stand still for a while, die and start anew, against a model: what a process reads under
/// its lease is never missing, who has lost it is told so, and in the end nothing stays that nobody
/// uses. `-Dredward.leases.operations=N` runs longer.
final class LeaseModelTest {
  private static final int OPERATIONS = Integer.getInteger("redward.leases.operations", 800);
  private static final int TABLES = 4;

  /// All that is in the store looks old, so that what nobody refers to is taken for left over.
  private static final long YEAR_2100_NANOS = 4_102_444_800_000_000_000L;

  private static final Duration TERM = Duration.ofSeconds(60);

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final Random random = new Random(11);
  private final TreeMap<Long, List<Integer>> model = new TreeMap<>();
  private final List<Process> dead = new ArrayList<>();
  private long nanos;
  private int nextTag;
  private int refused;

  private record OpenQuery(Snapshot snapshot, TreeMap<Long, List<Integer>> expected) {}

  /// A process.
  private final class Process {
    private final long offset = YEAR_2100_NANOS + random.nextLong(1L << 55);
    private final double speed = 0.8 + random.nextDouble(0.4);
    private final List<OpenQuery> queries = new ArrayList<>();
    private final LocalNamespace namespace;
    private long asleepUntil;
    private long tended;

    Process() {
      CommitPolicy policy =
          CommitPolicy.sharedWithOthers()
              .withRetention(Duration.ZERO)
              .withStaleness(Duration.ZERO)
              .withClock(new LogClock(this::clock, () -> clock() / 1_000_000));
      namespace = LocalNamespace.open(store, new StorageOptions(0, 1, 20, 4).withCommits(policy));
      tended = nanos;
    }

    private long clock() {
      return offset + (long) (nanos * speed);
    }

    boolean awake() {
      return nanos >= asleepUntil;
    }

    /// As the thread does that keeps the lease.
    void tendIfDue() {
      if (awake() && nanos - tended >= TERM.toNanos() / 3) {
        tended = nanos;
        namespace.tendLease();
      }
    }
  }

  @Test
  void nothingInUseIsDeletedAndNothingElseStays() {
    List<Process> processes = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      processes.add(new Process());
    }
    for (int i = 0; i < OPERATIONS; i++) {
      nanos += random.nextLong(Duration.ofSeconds(12).toNanos());
      boolean late = random.nextInt(3) == 0;
      if (!late) {
        processes.forEach(Process::tendIfDue);
      }
      int index = random.nextInt(processes.size());
      if (random.nextInt(60) == 0) {
        // It dies without a word, and what it held is nobody's.
        dead.add(processes.get(index));
        processes.get(index).queries.clear();
        processes.set(index, new Process());
      } else if (processes.get(index).awake()) {
        step(processes.get(index));
      }
      processes.forEach(Process::tendIfDue);
    }
    assertThat(refused).as("the test lets leases run out").isPositive();
    end(processes);
  }

  private void step(Process process) {
    long table = 1L + random.nextInt(TABLES);
    try {
      step(process, random.nextInt(16), table);
    } catch (SqlException e) {
      if (e.state() == SqlState.CANNOT_CONNECT_NOW) {
        assertThat(e.message()).contains("lost its lease");
        refused++;
        return;
      }
      // The background threads may have rewritten the rows first: nothing has happened.
      assertThat(e.state()).as(e.message()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
    }
  }

  private void step(Process process, int operation, long table) {
    LocalNamespace namespace = process.namespace;
    List<Integer> tags = new ArrayList<>(model.getOrDefault(table, List.of()));
    switch (operation) {
      case 0, 1, 2 -> {
        TagTable.insert(namespace, table, nextTag);
        tags.add(nextTag++);
        model.put(table, tags);
      }
      case 3, 4 -> {
        if (!tags.isEmpty()) {
          int tag = tags.remove(random.nextInt(tags.size()));
          inTransaction(namespace, transaction -> TagTable.delete(transaction, table, tag));
          model.put(table, tags);
        }
      }
      case 5 -> {
        inTransaction(namespace, transaction -> transaction.truncate(table));
        model.remove(table);
      }
      case 6, 7 -> {
        if (process.queries.size() < 4) {
          process.queries.add(new OpenQuery(namespace.snapshot(), copy()));
        }
      }
      case 8, 9, 10 -> readOld(process);
      case 11 -> {
        if (!process.queries.isEmpty()) {
          process.queries.removeFirst();
          System.gc();
        }
      }
      case 12 -> process.asleepUntil = nanos + random.nextLong(4 * TERM.toNanos());
      case 13 -> share(process, table);
      default -> {
        namespace.maintain();
        assertReads(namespace.snapshot(), model);
      }
    }
  }

  private static void inTransaction(LocalNamespace namespace, Consumer<WriteTransaction> work) {
    WriteTransaction transaction = namespace.begin();
    try {
      work.accept(transaction);
      transaction.commit();
    } finally {
      transaction.rollback();
    }
  }

  private void readOld(Process process) {
    if (process.queries.isEmpty()) {
      return;
    }
    OpenQuery query = process.queries.get(random.nextInt(process.queries.size()));
    try {
      assertReads(query.snapshot(), query.expected());
    } catch (SqlException e) {
      process.queries.remove(query);
      throw e;
    }
  }

  /// What was there when a query began comes back: its objects are used again, by a newer state.
  private void share(Process process, long table) {
    if (process.queries.isEmpty()) {
      return;
    }
    OpenQuery query = process.queries.getFirst();
    inTransaction(
        process.namespace,
        transaction -> {
          transaction.truncate(table);
          transaction.share(table, query.snapshot(), table);
        });
    model.put(table, query.expected().getOrDefault(table, List.of()));
  }

  private TreeMap<Long, List<Integer>> copy() {
    TreeMap<Long, List<Integer>> copy = new TreeMap<>();
    model.forEach((table, tags) -> copy.put(table, List.copyOf(tags)));
    return copy;
  }

  private static void assertReads(Snapshot snapshot, Map<Long, List<Integer>> expected) {
    for (long table = 1; table <= TABLES; table++) {
      assertThat(TagTable.read(snapshot, table))
          .as("table %d at version %d", table, snapshot.version())
          .isEqualTo(expected.getOrDefault(table, List.of()).stream().sorted().toList());
    }
  }

  private void end(List<Process> processes) {
    processes.forEach(process -> process.queries.clear());
    nanos += 8 * TERM.toNanos();
    Process first = processes.getFirst();
    processes.forEach(process -> process.namespace.tendLease());
    processes.forEach(process -> assertReads(process.namespace.snapshot(), model));
    for (Process process : dead) {
      // Whoever was taken for dead commits nothing any more, whatever its clock says.
      assertThatThrownBy(() -> TagTable.insert(process.namespace, 1, 0))
          .isInstanceOf(SqlException.class);
    }
    List<String> left = List.of();
    for (int attempt = 0; attempt < 60; attempt++) {
      System.gc();
      nanos += TERM.toNanos() / 2;
      processes.forEach(process -> process.namespace.tendLease());
      first.namespace.maintain();
      left = store.list("data/").stream().map(ObjectSummary::key).toList();
      if (left.size() <= live(first).size()) {
        break;
      }
    }
    assertThat(left).containsExactlyInAnyOrderElementsOf(live(first));
    assertThat(store.list("leases/")).hasSize(processes.size());
    processes.forEach(process -> process.namespace.close());
    dead.forEach(process -> process.namespace.close());
    assertThat(store.list("leases/")).isEmpty();
    try (LocalNamespace reopened = LocalNamespace.open(store, new StorageOptions(0, 1, 20, 4))) {
      assertReads(reopened.snapshot(), model);
    }
  }

  private static List<String> live(Process process) {
    return SavedStates.objects(process.namespace.committer().newest()).stream().toList();
  }
}

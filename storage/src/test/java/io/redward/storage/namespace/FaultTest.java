package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.objectstore.FaultyObjectStore;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Whatever operation of the store goes wrong: what was acknowledged is there afterwards, and what
/// was not is there whole or not at all.
final class FaultTest {
  private static final StorageOptions OPTIONS =
      new StorageOptions(8 << 20, 1, 3, 4)
          .withCommits(CommitPolicy.exclusive().withPause(Duration.ZERO));
  private static final int TRANSACTIONS = 12;
  /// Rows of a large transaction: enough for an object of its own.
  private static final int LARGE = 12_000;

  @ParameterizedTest
  @EnumSource(FaultyObjectStore.Fault.class)
  void aCrashAtAnyOperationKeepsWhatWasAcknowledged(FaultyObjectStore.Fault fault) {
    int operations = operationsWithoutFault();
    for (int operation = 0; operation < operations; operation++) {
      InMemoryObjectStore disk = new InMemoryObjectStore();
      Outcome outcome = new Outcome();
      runUntilCrash(new FaultyObjectStore(disk, fault, operation, true), outcome);
      try (Namespace recovered = LocalNamespace.open(disk, OPTIONS)) {
        outcome.check(recovered.snapshot(), fault + " at operation " + operation);
        assertThat(recovered.snapshot().table(TestTable.ID).rowCount()).isGreaterThanOrEqualTo(0);
        assertNoLeftovers(disk, recovered);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(FaultyObjectStore.Fault.class)
  void aSingleFaultDoesNotStopTheNamespace(FaultyObjectStore.Fault fault) {
    int operations = operationsWithoutFault();
    for (int operation = 0; operation < operations; operation++) {
      InMemoryObjectStore disk = new InMemoryObjectStore();
      FaultyObjectStore store = new FaultyObjectStore(disk, fault, operation, false);
      Outcome outcome = new Outcome();
      LocalNamespace namespace = LocalNamespace.open(store, OPTIONS);
      for (int i = 0; i < TRANSACTIONS; i++) {
        transact(namespace, i, outcome);
      }
      String place = fault + " at operation " + operation;
      assertThat(outcome.acknowledged).as(place).hasSizeGreaterThanOrEqualTo(TRANSACTIONS - 1);
      outcome.check(namespace.snapshot(), place);
      namespace.close();
      try (Namespace recovered = LocalNamespace.open(disk, OPTIONS)) {
        outcome.check(recovered.snapshot(), place + ", reopened");
      }
    }
  }

  @Test
  void aLostAnswerIsFoundOutByReadingBack() {
    InMemoryObjectStore disk = new InMemoryObjectStore();
    FaultyObjectStore store =
        new FaultyObjectStore(disk, FaultyObjectStore.Fault.LOSE_ANSWER, 0, false);
    try (Namespace namespace = LocalNamespace.open(store, OPTIONS)) {
      WriteTransaction transaction = namespace.begin();
      transaction.putEntry("k", new byte[] {1});
      assertThat(transaction.commit()).hasValue(1);
      assertThat(namespace.snapshot().entry("k")).contains(new byte[] {1});
    }
  }

  private static int operationsWithoutFault() {
    FaultyObjectStore store =
        new FaultyObjectStore(
            new InMemoryObjectStore(), FaultyObjectStore.Fault.FAIL, Integer.MAX_VALUE, false);
    runUntilCrash(store, new Outcome());
    return store.operations();
  }

  private static void runUntilCrash(FaultyObjectStore store, Outcome outcome) {
    try {
      LocalNamespace namespace = LocalNamespace.open(store, OPTIONS);
      for (int i = 0; i < TRANSACTIONS; i++) {
        transact(namespace, i, outcome);
      }
      namespace.close();
    } catch (SqlException e) {
      assertThat(e.message()).isEqualTo("injected fault");
    }
  }

  /// Transaction `i` adds rows `[from(i), from(i + 1))` and an entry.
  private static void transact(LocalNamespace namespace, int i, Outcome outcome) {
    outcome.tried.add(i);
    try {
      WriteTransaction transaction = namespace.begin();
      transaction.putEntry("t" + i, new byte[] {(byte) i});
      RowAppender appender = transaction.append(TestTable.ID, TestTable.SHAPE);
      TestTable.append(appender, from(i), from(i + 1));
      appender.finish();
      transaction.commit();
      outcome.acknowledged.add(i);
    } catch (SqlException e) {
      assertThat(e.message()).isEqualTo("injected fault");
    }
  }

  private static int from(int transaction) {
    int rows = 0;
    for (int i = 0; i < transaction; i++) {
      rows += i == 3 ? LARGE : i + 1;
    }
    return rows;
  }

  private static void assertNoLeftovers(ObjectStore disk, Namespace namespace) {
    long live = namespace.snapshot().table(TestTable.ID).rowsets().size();
    assertThat((long) disk.list("data/").size()).isLessThanOrEqualTo(live);
  }

  private static final class Outcome {
    private final List<Integer> tried = new ArrayList<>();
    private final List<Integer> acknowledged = new ArrayList<>();

    void check(Snapshot snapshot, String place) {
      TreeSet<Integer> present = new TreeSet<>();
      for (int i : tried) {
        if (snapshot.entry("t" + i).isPresent()) {
          present.add(i);
        }
      }
      assertThat(present).as(place).containsAll(acknowledged);
      List<Integer> expected = new ArrayList<>();
      for (int i : present) {
        for (int row = from(i); row < from(i + 1); row++) {
          expected.add(row);
        }
      }
      assertThat(TestTable.keys(snapshot).equals(expected)).as(place + ": rows").isTrue();
    }
  }
}

package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ConcurrencyTest {
  private static final StorageOptions OPTIONS = new StorageOptions(8 << 20, 1, 20, 8);
  private static final int THREADS = 4;

  @TempDir Path directory;

  @Test
  void countersIncrementedByRacingTransactionsLoseNothing() throws Exception {
    LocalNamespace namespace = LocalNamespace.open(new InMemoryObjectStore(), OPTIONS);
    AtomicInteger conflicts = new AtomicInteger();
    inParallel(
        thread -> {
          for (int i = 0; i < 200; i++) {
            while (!increment(namespace)) {
              conflicts.incrementAndGet();
            }
          }
        });
    assertThat(counter(namespace.snapshot())).isEqualTo(THREADS * 200);
    namespace.close();
  }

  @Test
  void appendsOfManyThreadsAllArriveAndShareLogPositions() throws Exception {
    LocalNamespace namespace = LocalNamespace.open(directory, OPTIONS);
    inParallel(
        thread -> {
          for (int i = 0; i < 50; i++) {
            TestTable.insert(namespace, thread * 50 + i, thread * 50 + i + 1);
          }
        });
    List<Integer> all = IntStream.range(0, THREADS * 50).boxed().toList();
    assertThat(TestTable.keys(namespace.snapshot())).isEqualTo(all);
    namespace.close();
    try (LocalNamespace reopened = LocalNamespace.open(directory, OPTIONS)) {
      assertThat(TestTable.keys(reopened.snapshot())).isEqualTo(all);
    }
  }

  @Test
  void appendersOfOneTransactionWorkInParallel() throws Exception {
    LocalNamespace namespace = LocalNamespace.open(directory, OPTIONS);
    WriteTransaction transaction = namespace.begin();
    inParallel(
        thread -> {
          RowAppender appender = transaction.append(TestTable.ID, TestTable.SHAPE);
          TestTable.append(appender, thread * 70_000L, (thread + 1) * 70_000L);
          assertThat(appender.finish()).isEqualTo(70_000);
        });
    transaction.commit();
    assertThat(TestTable.keys(namespace.snapshot()))
        .isEqualTo(IntStream.range(0, THREADS * 70_000).boxed().toList());
    namespace.close();
  }

  /// Every row is deleted exactly once though all threads try, and folds move rows all the while.
  @Test
  void racingDeletesAndFoldsDeleteEachRowOnce() throws Exception {
    LocalNamespace namespace = LocalNamespace.open(new InMemoryObjectStore(), OPTIONS);
    for (int i = 0; i < 150; i++) {
      TestTable.insert(namespace, i * 2L, i * 2L + 2);
    }
    AtomicInteger deleted = new AtomicInteger();
    inParallel(
        thread -> {
          Random random = new Random(thread);
          for (int i = 0; i < 60; i++) {
            int from = random.nextInt(300);
            deleted.addAndGet(tryDelete(namespace, from, Math.min(300, from + 5)));
            TestTable.insert(namespace, 1_000 + thread * 100 + i, 1_001 + thread * 100 + i);
          }
        });
    namespace.maintain();
    List<Integer> left = TestTable.keys(namespace.snapshot());
    assertThat(left).doesNotHaveDuplicates();
    assertThat(left).hasSize(300 + THREADS * 60 - deleted.get());
    namespace.close();
  }

  @Test
  void commitsThatRaceWithClosingAreDurableOrRefused() throws Exception {
    AtomicInteger committed = new AtomicInteger();
    LocalNamespace namespace = LocalNamespace.open(directory, OPTIONS.withFoldRowsets(2));
    Thread closer =
        Thread.ofPlatform()
            .start(
                () -> {
                  while (committed.get() < 40) {
                    Thread.onSpinWait();
                  }
                  namespace.close();
                });
    inParallel(
        thread -> {
          for (int i = 0; i < 100_000; i++) {
            try {
              TestTable.insert(namespace, i, i + 1);
              committed.incrementAndGet();
            } catch (SqlException e) {
              assertThat(e.state()).isEqualTo(SqlState.ADMIN_SHUTDOWN);
              return;
            }
          }
        });
    closer.join();
    try (LocalNamespace reopened = LocalNamespace.open(directory, OPTIONS)) {
      assertThat(reopened.snapshot().table(TestTable.ID).rowCount()).isEqualTo(committed.get());
    }
  }

  private static int tryDelete(LocalNamespace namespace, int from, int to) {
    WriteTransaction transaction = namespace.begin();
    long before = transaction.view().table(TestTable.ID).rowCount();
    TestTable.delete(transaction, from, to);
    long after = transaction.view().table(TestTable.ID).rowCount();
    try {
      transaction.commit();
      return (int) (before - after);
    } catch (SqlException e) {
      assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
      return 0;
    }
  }

  private static boolean increment(LocalNamespace namespace) {
    WriteTransaction transaction = namespace.begin();
    int value = counter(transaction.view());
    transaction.putEntry("counter", ByteBuffer.allocate(4).putInt(value + 1).array());
    try {
      transaction.commit();
      return true;
    } catch (SqlException e) {
      assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
      return false;
    }
  }

  private static int counter(Snapshot snapshot) {
    return snapshot.entry("counter").map(bytes -> ByteBuffer.wrap(bytes).getInt()).orElse(0);
  }

  private interface Work {
    void run(int thread);
  }

  private static void inParallel(Work work) throws InterruptedException, ExecutionException {
    try (ExecutorService executor = Executors.newFixedThreadPool(THREADS)) {
      List<Callable<Boolean>> tasks = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        int thread = i;
        tasks.add(
            () -> {
              work.run(thread);
              return true;
            });
      }
      for (Future<Boolean> done : executor.invokeAll(tasks)) {
        done.get();
      }
    }
  }
}

package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.LocalObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.s3.S3Server;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Several namespaces, as of several processes, over one store.
final class SharedNamespaceTest {
  private static final StorageOptions OPTIONS =
      new StorageOptions(8 << 20, 1, 5, 8)
          .withCommits(CommitPolicy.sharedWithOthers().withStaleness(Duration.ZERO));

  /// Enough for an object of its own.
  private static final int LARGE = 12_000;

  @TempDir Path directory;

  @Test
  void whatOneCommitsTheOtherSees() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    try (LocalNamespace writer = LocalNamespace.open(store, OPTIONS);
        LocalNamespace reader = LocalNamespace.open(store, OPTIONS)) {
      TestTable.insert(writer, 0, 10);
      assertThat(TestTable.keys(reader.snapshot())).hasSize(10);
      TestTable.insert(writer, 10, LARGE);
      assertThat(TestTable.keys(reader.snapshot())).hasSize(LARGE);
    }
  }

  @Test
  void bothWriteAndNothingIsLost() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    try (LocalNamespace first = LocalNamespace.open(store, OPTIONS);
        LocalNamespace second = LocalNamespace.open(store, OPTIONS)) {
      for (int i = 0; i < 60; i += 2) {
        TestTable.insert(first, i, i + 1);
        TestTable.insert(second, i + 1, i + 2);
      }
      List<Integer> all = IntStream.range(0, 60).boxed().toList();
      assertThat(TestTable.keys(first.snapshot())).isEqualTo(all);
      assertThat(TestTable.keys(second.snapshot())).isEqualTo(all);
    }
  }

  @Test
  void rowsetsWrittenAtTheSameTimeHaveIdsOfTheirOwn() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    try (LocalNamespace first = LocalNamespace.open(store, OPTIONS);
        LocalNamespace second = LocalNamespace.open(store, OPTIONS)) {
      WriteTransaction one = first.begin();
      WriteTransaction two = second.begin();
      append(one, 0, LARGE);
      append(two, LARGE, 2 * LARGE);
      one.commit();
      two.commit();
      assertThat(TestTable.keys(second.snapshot()))
          .isEqualTo(IntStream.range(0, 2 * LARGE).boxed().toList());
    }
  }

  @Test
  void theSecondToChangeWhatBothHaveSeenConflicts() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    try (LocalNamespace first = LocalNamespace.open(store, OPTIONS);
        LocalNamespace second = LocalNamespace.open(store, OPTIONS)) {
      TestTable.insert(first, 0, 10);
      WriteTransaction one = first.begin();
      WriteTransaction two = second.begin();
      one.putEntry("k", new byte[] {1});
      two.putEntry("k", new byte[] {2});
      one.commit();
      assertThatThrownBy(two::commit)
          .isInstanceOfSatisfying(
              SqlException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
      WriteTransaction third = first.begin();
      WriteTransaction fourth = second.begin();
      TestTable.delete(third, 3, 5);
      TestTable.delete(fourth, 4, 6);
      fourth.commit();
      assertThatThrownBy(third::commit).isInstanceOf(SqlException.class);
      assertThat(TestTable.keys(first.snapshot())).containsExactly(0, 1, 2, 3, 6, 7, 8, 9);
    }
  }

  @Test
  void aNewcomerLeavesWhatOthersAreAboutToCommit() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    try (LocalNamespace first = LocalNamespace.open(store, OPTIONS)) {
      WriteTransaction staged = first.begin();
      append(staged, 0, LARGE);
      LocalNamespace.open(store, OPTIONS).close();
      staged.commit();
      assertThat(TestTable.keys(first.snapshot())).hasSize(LARGE);
    }
  }

  @Test
  void whatOneFoldsOthersStillRead() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    try (LocalNamespace first = LocalNamespace.open(store, OPTIONS);
        LocalNamespace second = LocalNamespace.open(store, OPTIONS)) {
      for (int i = 0; i < 4; i++) {
        TestTable.insert(first, (long) i * LARGE, (i + 1L) * LARGE);
      }
      Snapshot before = second.snapshot();
      WriteTransaction delete = first.begin();
      TestTable.delete(delete, 0, 4 * LARGE - 10);
      delete.commit();
      first.maintain();
      assertThat(TestTable.keys(before)).hasSize(4 * LARGE);
      assertThat(TestTable.keys(second.snapshot())).hasSize(10);
    }
  }

  @Test
  void manyWritersOfSeveralProcessesOverS3AreSeenWhole() throws Exception {
    try (S3Server server = S3Server.start(directory)) {
      writeAndWatch(2, () -> server.store("shared/"));
    }
  }

  @Test
  void manyWritersOfSeveralProcessesOverADirectoryAreSeenWhole() throws Exception {
    writeAndWatch(6, () -> LocalObjectStore.openShared(directory));
    assertThatThrownBy(
            () -> {
              try (LocalObjectStore _ = LocalObjectStore.openShared(directory)) {
                LocalNamespace.open(directory, StorageOptions.defaults()).close();
              }
            })
        .hasMessageContaining("is in use");
  }

  private interface Opening {
    ObjectStore open();
  }

  /// Two namespaces write batches of ten rows with threads of their own; a third must never see a
  /// part of one.
  private static void writeAndWatch(int batches, Opening opening) throws Exception {
    try (LocalNamespace watcher = LocalNamespace.open(opening.open(), OPTIONS);
        LocalNamespace first = LocalNamespace.open(opening.open(), OPTIONS);
        LocalNamespace second = LocalNamespace.open(opening.open(), OPTIONS);
        ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Callable<Boolean>> writers = new ArrayList<>();
      for (int writer = 0; writer < 4; writer++) {
        LocalNamespace namespace = writer % 2 == 0 ? first : second;
        int from = writer * batches * 10;
        writers.add(
            () -> {
              for (int i = 0; i < batches; i++) {
                TestTable.insert(namespace, from + i * 10, from + i * 10 + 10);
              }
              return true;
            });
      }
      List<Future<Boolean>> running = new ArrayList<>();
      writers.forEach(writer -> running.add(executor.submit(writer)));
      int seen = 0;
      while (running.stream().anyMatch(each -> !each.isDone())) {
        List<Integer> keys = TestTable.keys(watcher.snapshot());
        assertThat(keys.size() % 10).isZero();
        assertThat(keys).hasSizeGreaterThanOrEqualTo(seen);
        seen = keys.size();
      }
      for (Future<Boolean> each : running) {
        each.get();
      }
      assertThat(new HashSet<>(TestTable.keys(watcher.snapshot()))).hasSize(4 * batches * 10);
    }
  }

  private static void append(WriteTransaction transaction, int from, int to) {
    RowAppender appender = transaction.append(TestTable.ID, TestTable.SHAPE);
    TestTable.append(appender, from, to);
    appender.finish();
  }
}

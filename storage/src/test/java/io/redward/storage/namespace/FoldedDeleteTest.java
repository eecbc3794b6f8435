package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.commit.Superblock;
import io.redward.storage.fsck.NamespaceCheck;
import io.redward.storage.objectstore.ForwardingObjectStore;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.WriteTransaction;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/// A fold changes no row, so a transaction that deletes rows which it has moved must not notice.
final class FoldedDeleteTest {
  private static final StorageOptions OPTIONS = new StorageOptions(8 << 20, 1, 50, 1_000);

  private static final StorageOptions SHARED =
      OPTIONS.withCommits(CommitPolicy.sharedWithOthers().withStaleness(Duration.ZERO));

  /// While one commit is on its way to the disk, a fold and then a delete come to wait, and so are
  /// certified as one group.
  @Test
  void ofTheSameGroupOfCommitsDoesNotFailTheDeleteBehindIt() throws Exception {
    GatedStore store = new GatedStore();
    try (LocalNamespace namespace = LocalNamespace.open(store, OPTIONS)) {
      insertSingly(namespace, 0, 20);
      WriteTransaction delete = namespace.begin();
      TestTable.delete(delete, 5, 8);
      store.hold();
      Thread insert = parked(() -> TestTable.insert(namespace, 20, 21), store.reached);
      Thread fold = queued(() -> foldAll(namespace));
      FutureTask<Boolean> deleted = new FutureTask<>(() -> delete.commit().isPresent());
      Thread deleting = queued(deleted);
      store.open();
      insert.join();
      fold.join();
      deleting.join();
      assertThat(deleted.resultNow()).isTrue();
      assertThat(TestTable.keys(namespace.snapshot()))
          .isEqualTo(IntStream.range(0, 21).filter(n -> n < 5 || n > 7).boxed().toList());
    }
  }

  @Test
  void ofAnotherProcessDoesNotFailADelete() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    try (LocalNamespace first = LocalNamespace.open(store, SHARED);
        LocalNamespace second = LocalNamespace.open(store, SHARED)) {
      insertSingly(first, 0, 50);
      WriteTransaction delete = second.begin();
      TestTable.delete(delete, 5, 8);
      WriteTransaction late = second.begin();
      TestTable.delete(late, 7, 12);
      foldAll(first);
      insertSingly(first, 50, 60);
      foldAll(first);
      assertThat(delete.commit()).isPresent();
      assertThat(TestTable.keys(first.snapshot()))
          .isEqualTo(IntStream.range(0, 60).filter(n -> n < 5 || n > 7).boxed().toList());
      // What has really been deleted stays a conflict, wherever the row is now.
      assertThatThrownBy(late::commit)
          .isInstanceOfSatisfying(
              SqlException.class,
              e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
    }
  }

  /// Deletes that were committed while the fold was written go along with their rows.
  @Test
  void whileTheFoldIsWrittenDoesNotFailTheFold() {
    InMemoryObjectStore store = new InMemoryObjectStore();
    try (LocalNamespace namespace = LocalNamespace.open(store, OPTIONS)) {
      TestTable.insert(namespace, 0, 70_000);
      TestTable.insert(namespace, 70_000, 75_000);
      delete(namespace, 10, 20);
      AtomicInteger paused = new AtomicInteger();
      Superblock base = namespace.committer().current();
      Runnable pause =
          () -> {
            if (paused.getAndIncrement() == 0) {
              delete(namespace, 15_000, 15_100);
              delete(namespace, 72_000, 72_001);
            }
          };
      new Rewriting(namespace, TestTable.ID, TestTable.shape(List.of(5)), pause)
          .run(base.table(TestTable.ID).orElseThrow().rowsets(), base, false);
      assertThat(paused).hasPositiveValue();
      assertThat(TestTable.keys(namespace.snapshot()))
          .isEqualTo(
              IntStream.range(0, 75_000)
                  .filter(n -> n < 10 || n >= 20 && n < 15_000 || n >= 15_100 && n != 72_000)
                  .boxed()
                  .toList());
      assertThat(namespace.snapshot().table(TestTable.ID).rowsets())
          .allMatch(rowset -> rowset.sortKey().equals(List.of(5)));
    }
    assertThat(NamespaceCheck.run(store).damage()).isEmpty();
  }

  private static void delete(LocalNamespace namespace, int from, int to) {
    WriteTransaction transaction = namespace.begin();
    TestTable.delete(transaction, from, to);
    transaction.commit();
  }

  private static void insertSingly(LocalNamespace namespace, int from, int to) {
    for (int i = from; i < to; i++) {
      TestTable.insert(namespace, i, i + 1);
    }
  }

  /// Folds small rowsets however few they are.
  private static void foldAll(LocalNamespace namespace) {
    new Folding(namespace, OPTIONS.withFoldRowsets(2), () -> {}).foldAll();
  }

  private static Thread parked(Runnable work, CountDownLatch reached) throws InterruptedException {
    Thread thread = Thread.ofPlatform().start(work);
    reached.await();
    return thread;
  }

  /// Starts a thread and waits until it waits for its turn to commit.
  private static Thread queued(Runnable work) {
    Thread thread = Thread.ofPlatform().start(work);
    while (thread.getState() != Thread.State.WAITING) {
      Thread.onSpinWait();
    }
    return thread;
  }

  /// A store in which a put can be held up.
  private static final class GatedStore extends ForwardingObjectStore {
    private final CountDownLatch reached = new CountDownLatch(1);
    private final CountDownLatch opened = new CountDownLatch(1);
    private final AtomicInteger toHold = new AtomicInteger();

    GatedStore() {
      super(new InMemoryObjectStore());
    }

    /// The next put waits until the gate is opened.
    void hold() {
      toHold.set(1);
    }

    void open() {
      opened.countDown();
    }

    @Override
    public boolean putIfAbsent(String key, byte[] bytes) {
      if (toHold.getAndSet(0) > 0) {
        reached.countDown();
        try {
          opened.await();
        } catch (InterruptedException e) {
          throw new AssertionError(e);
        }
      }
      return super.putIfAbsent(key, bytes);
    }
  }
}

package io.redward.storage.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.storage.encryption.EncryptedObjectStore;
import io.redward.storage.encryption.KeyFile;
import io.redward.storage.objectstore.ForwardingObjectStore;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Recovery, deletion of old commits, and processes that have slept through it.
final class CommitLogTest {
  @TempDir Path directory;

  private final InMemoryObjectStore disk = new InMemoryObjectStore();
  private final AtomicLong nanos = new AtomicLong();
  private final CommitPolicy policy =
      CommitPolicy.sharedWithOthers()
          .withPause(Duration.ZERO)
          .withStaleness(Duration.ZERO)
          .withRetention(Duration.ZERO)
          .withClock(new LogClock(nanos::get, () -> nanos.get() / 1_000_000));

  @Test
  void recoveryTakesAsLongHoweverLongTheHistoryIs() {
    Committer committer = open(disk);
    commitMany(committer, 0, 300);
    long readsOfFew = readsOfRecovery();
    commitMany(committer, 300, 5_300);
    assertThat(readsOfRecovery()).isLessThanOrEqualTo(readsOfFew + 3);
  }

  @Test
  void oldCommitsAreDeletedAndTheirPositionsStayTaken() {
    Committer committer = open(disk);
    commitMany(committer, 0, 2_500);
    assertThat(disk.find(LogNames.commit(1))).as("others may still rely on it").isPresent();
    sleep(Duration.ofMinutes(16));
    commitMany(committer, 2_500, 2_600);
    assertThat(disk.find(LogNames.commit(1))).isEmpty();
    assertThat(disk.find(LogNames.commit(2_495))).isEmpty();
    assertThat(disk.find(LogNames.commit(2_592))).isPresent();
    check(open(disk).current(), 2_600);
  }

  @Test
  void recoveryNeedsNeitherTheHintNorAList() {
    Committer committer = open(disk);
    commitMany(committer, 0, 2_500);
    sleep(Duration.ofMinutes(16));
    commitMany(committer, 2_500, 2_600);
    disk.delete(LogNames.NEWEST);
    check(open(new ListlessStore(disk)).current(), 2_600);
    disk.put(LogNames.NEWEST, List.of(new byte[] {1, 2, 3}));
    check(open(new ListlessStore(disk)).current(), 2_600);
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aDamagedCheckpointOrHintCostsTimeOnly(boolean encrypted) {
    ObjectStore store =
        encrypted
            ? EncryptedObjectStore.open(disk, KeyFile.create(directory.resolve("key")))
            : disk;
    Committer committer = open(store);
    commitMany(committer, 0, 130);
    committer.checkpoint();
    commitMany(committer, 130, 150);
    String newest = LogNames.checkpoint(committer.checkpointPosition());
    for (String key : List.of(newest, LogNames.NEWEST)) {
      byte[] whole = disk.find(key).orElseThrow();
      for (int at : new int[] {0, whole.length / 2, whole.length - 1}) {
        byte[] damaged = whole.clone();
        damaged[at] ^= 4;
        disk.put(key, List.of(damaged));
        check(open(store).current(), 150);
      }
    }
  }

  @Test
  void aHintThatArrivesLateDoesNotLeadBack() {
    Committer committer = open(disk);
    commitMany(committer, 0, 200);
    byte[] old = disk.find(LogNames.NEWEST).orElseThrow();
    commitMany(committer, 200, 2_500);
    sleep(Duration.ofMinutes(16));
    commitMany(committer, 2_500, 2_600);
    disk.put(LogNames.NEWEST, List.of(old));
    check(open(new ListlessStore(disk)).current(), 2_600);
  }

  @Test
  void aProcessThatSleptDoesNotCommitWhereTheLogHasBeenDeleted() {
    Committer sleeper = open(disk);
    commitMany(sleeper, 0, 5);
    Committer other = open(disk);
    commitMany(other, 5, 2_500);
    sleep(Duration.ofMinutes(16));
    commitMany(other, 2_500, 2_600);
    assertThat(disk.find(LogNames.commit(6))).isEmpty();
    commit(sleeper, 2_600);
    check(sleeper.current(), 2_601);
    check(open(disk).current(), 2_601);
    sleep(Duration.ofSeconds(1));
    other.refresh();
    check(other.current(), 2_601);
  }

  @Test
  void aProcessThatSleptFindsTheEndOfTheLog() {
    Committer sleeper = open(disk);
    Committer other = open(disk);
    commitMany(other, 0, 2_500);
    sleep(Duration.ofMinutes(16));
    commitMany(other, 2_500, 2_600);
    sleeper.refresh();
    check(sleeper.current(), 2_600);
  }

  @Test
  void severalProcessesCheckpointWithoutHarm() {
    Committer first = open(disk);
    Committer second = open(disk);
    for (int i = 0; i < 3_000; i++) {
      Committer committer = i % 3 == 0 ? first : second;
      commit(committer, i);
      if (i % 50 == 0) {
        first.checkpoint();
      }
      if (i % 70 == 0) {
        second.checkpoint();
        sleep(Duration.ofMinutes(4));
      }
    }
    check(open(disk).current(), 3_000);
  }

  private Committer open(ObjectStore store) {
    return new Committer(store, policy, (before, after) -> {}, () -> Long.MAX_VALUE, newest -> {});
  }

  private static void commitMany(Committer committer, int from, int to) {
    for (int i = from; i < to; i++) {
      commit(committer, i);
      if (i % 100 == 99) {
        committer.checkpoint();
      }
    }
  }

  private static void commit(Committer committer, int number) {
    Changes changes = new Changes();
    changes.put("entry/" + number, new byte[] {(byte) number});
    committer.commit(changes, committer.current(), Origin.WAREHOUSE);
  }

  private static void check(Superblock superblock, int commits) {
    assertThat(superblock.values("entry/")).hasSize(commits);
  }

  private long readsOfRecovery() {
    CountingStore counting = new CountingStore(disk);
    open(counting);
    return counting.reads.get();
  }

  private void sleep(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }

  /// Lists nothing.
  private static final class ListlessStore extends ForwardingObjectStore {
    ListlessStore(ObjectStore store) {
      super(store);
    }

    @Override
    public List<ObjectSummary> list(String prefix) {
      return List.of();
    }
  }

  private static final class CountingStore extends ForwardingObjectStore {
    private final AtomicLong reads = new AtomicLong();

    CountingStore(ObjectStore store) {
      super(store);
    }

    @Override
    public Optional<byte[]> find(String key) {
      reads.incrementAndGet();
      return super.find(key);
    }

    @Override
    public Optional<Long> size(String key) {
      reads.incrementAndGet();
      return super.size(key);
    }
  }
}

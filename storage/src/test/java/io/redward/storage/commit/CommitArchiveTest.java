package io.redward.storage.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.check.FindingKind;
import io.redward.storage.encryption.EncryptedObjectStore;
import io.redward.storage.encryption.KeyFile;
import io.redward.storage.objectstore.FaultyObjectStore;
import io.redward.storage.objectstore.ForwardingObjectStore;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.objectstore.ObjectStore;
import io.redward.storage.objectstore.ObjectStore.ObjectSummary;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/// A log of many commits is few objects, and its history is read as if each were still there.
final class CommitArchiveTest {
  @TempDir Path directory;

  private final InMemoryObjectStore disk = new InMemoryObjectStore();
  private final AtomicLong nanos = new AtomicLong(Duration.ofDays(20_000).toNanos());
  private final LogClock clock = new LogClock(nanos::get, () -> nanos.get() / 1_000_000);
  private final CommitPolicy alone =
      CommitPolicy.exclusive()
          .withPause(Duration.ZERO)
          .withRetention(Duration.ofHours(1))
          .withClock(clock);
  private final CommitPolicy shared =
      CommitPolicy.sharedWithOthers()
          .withPause(Duration.ZERO)
          .withStaleness(Duration.ZERO)
          .withRetention(Duration.ofHours(24))
          .withClock(clock);

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void manyCommitsAreFewObjectsAndAllVersionsCanBeSeen(boolean encrypted) {
    ObjectStore store =
        encrypted
            ? EncryptedObjectStore.open(disk, KeyFile.create(directory.resolve("key")))
            : disk;
    Committer committer = open(store, alone);
    commitMany(committer, 0, 3_000);
    assertThat(store.list("log/").size() + store.list("epochs/").size()).isLessThan(60);
    for (Committer one : List.of(committer, open(store, alone))) {
      for (int version : new int[] {0, 1, 15, 16, 17, 999, 1_023, 1_024, 2_047, 2_999, 3_000}) {
        check(one.history().at(version, one.current()), version);
      }
    }
    assertThat(LogCheck.run(store).findings()).isEmpty();
  }

  @Test
  void timesAreFoundInArchives() {
    Committer committer = open(disk, alone);
    long[] micros = new long[500];
    for (int i = 0; i < 500; i++) {
      sleep(Duration.ofSeconds(1));
      commitMany(committer, i, i + 1);
      micros[i] = clock.millis().getAsLong() * 1_000;
    }
    Superblock current = committer.current();
    for (int i = 0; i < 500; i++) {
      assertThat(committer.history().versionAt(micros[i] + 500_000, current)).isEqualTo(i + 1);
    }
  }

  @Test
  void whatIsOlderThanTheHistoryGoes() {
    Committer committer = open(disk, alone);
    commitMany(committer, 0, 1_100);
    sleep(Duration.ofHours(2));
    commitMany(committer, 1_100, 1_400);
    assertThat(committer.history().oldestKept(committer.current())).isEqualTo(1_100);
    assertThat(archivedPositions(disk)).allMatch(last -> last > 1_000);
    assertThatThrownBy(() -> committer.history().at(800, committer.current()))
        .hasMessageContaining("older than the history kept");
    check(committer.history().at(1_101, committer.current()), 1_101);
    assertThat(LogCheck.run(disk).findings()).isEmpty();
  }

  @ParameterizedTest
  @EnumSource(FaultyObjectStore.Fault.class)
  void aCrashAtAnyOperationOfACheckpointLosesNothing(FaultyObjectStore.Fault fault) {
    for (int operation = 0; ; operation++) {
      InMemoryObjectStore fresh = new InMemoryObjectStore();
      Committer committer = open(fresh, alone);
      commitMany(committer, 0, 84);
      FaultyObjectStore faulty = new FaultyObjectStore(fresh, fault, operation, true);
      boolean failed = false;
      try {
        Committer crashing = open(faulty, alone);
        crashing.checkpoint();
      } catch (SqlException e) {
        failed = true;
      }
      assertSound(fresh, fault, operation);
      Committer next = open(fresh, alone);
      for (int version = 0; version <= 84; version += 7) {
        check(next.history().at(version, next.current()), version);
      }
      commitMany(next, 84, 101);
      assertSound(fresh, fault, operation);
      assertThat(fresh.list("log/")).as("%s at %d", fault, operation).hasSizeLessThan(20);
      check(next.history().at(40, next.current()), 40);
      if (!failed) {
        return;
      }
    }
  }

  /// Half a checkpoint is passed over, and named.
  private static void assertSound(ObjectStore store, FaultyObjectStore.Fault fault, int operation) {
    assertThat(LogCheck.run(store).findings())
        .as("%s at %d", fault, operation)
        .allMatch(
            finding ->
                fault == FaultyObjectStore.Fault.TEAR
                    && finding.kind() == FindingKind.DAMAGED_CHECKPOINT);
  }

  @Test
  void theEndIsFoundWhereOnlySomeClosingsHaveBeenMerged() {
    Closings closings = new Closings(disk);
    PointerFormat.Pointer pointer = new PointerFormat.Pointer(1_000, 0);
    for (int part = 0; part < 4; part++) {
      closings.close(new Stretch(0, part), pointer);
    }
    closings.close(new Stretch(1, 1), pointer);
    closings.close(new Stretch(2, 1), pointer);
    assertThat(new Closings(disk).end()).as("a gap").isEqualTo(128);
    closings.close(new Stretch(1, 2), pointer);
    closings.close(new Stretch(0, 12), pointer);
    closings.close(new Stretch(0, 13), pointer);
    closings.close(new Stretch(0, 14), pointer);
    assertThat(closings.end()).isEqualTo(240);
    closings.close(new Stretch(0, 15), pointer);
    assertThat(closings.end()).isEqualTo(512);
    assertThat(new Closings(disk).end()).isEqualTo(512);
    closings.merge(pointer);
    assertThat(new Closings(disk).end()).isEqualTo(512);
    assertThat(disk.list(Stretch.CLOSED_PREFIX)).hasSize(2);
  }

  @Test
  void halfAnArchiveIsWrittenAgain() {
    Committer committer = open(disk, alone);
    commitMany(committer, 0, 20);
    String archive = Stretch.of(0, 1).archive();
    disk.put(archive, List.of(new byte[] {1, 2, 3}));
    committer.checkpoint();
    check(open(disk, alone).history().at(7, committer.current()), 7);
    assertThat(LogCheck.run(disk).findings()).isEmpty();
  }

  @Test
  void aDamagedArchiveIsNamedAndOnlyItsHistoryIsLost() {
    Committer committer = open(disk, alone);
    commitMany(committer, 0, 200);
    commitMany(committer, 200, 300);
    String archive = Stretch.of(0, 270).archive();
    byte[] bytes = disk.find(archive).orElseThrow();
    bytes[bytes.length / 2] ^= 16;
    disk.put(archive, List.of(bytes));
    Committer next = open(disk, alone);
    check(next.current(), 300);
    check(next.history().at(240, next.current()), 240);
    assertThatThrownBy(() -> next.history().at(290, next.current()))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.DATA_CORRUPTED);
              assertThat(e.message()).contains(archive);
            });
  }

  @Test
  void whoSleptPutsNothingWhereCommitsHaveBeenArchived() {
    Committer sleeper = open(disk, shared);
    commitMany(sleeper, 0, 5);
    Committer other = open(disk, shared);
    commitMany(other, 5, 2_500);
    sleep(Duration.ofMinutes(16));
    commitMany(other, 2_500, 2_600);
    assertThat(disk.find(LogNames.commit(6))).isEmpty();
    commitMany(sleeper, 2_600, 2_601);
    check(sleeper.current(), 2_601);
    check(open(disk, shared).current(), 2_601);
    check(sleeper.history().at(6, sleeper.current()), 6);
  }

  @Test
  void whatIsPutLateWhereCommitsHaveBeenArchivedCountsForNothing() {
    Committer late =
        open(
            new ForwardingObjectStore(disk) {
              @Override
              public boolean putIfAbsent(String key, byte[] bytes) {
                if (key.equals(LogNames.commit(6))) {
                  othersGoOn();
                }
                return super.putIfAbsent(key, bytes);
              }
            },
            shared);
    commitMany(late, 0, 5);
    commitMany(late, 1_000_000, 1_000_001);
    assertThat(disk.find(LogNames.commit(6))).as("it was put there").isPresent();
    assertThat(late.current().version()).isGreaterThan(2_600);
    Committer reader = open(disk, shared);
    assertThat(reader.current().value("entry/1000000")).isPresent();
    assertThat(reader.history().at(6, reader.current()).value("entry/1000000")).isEmpty();
    assertThat(reader.history().at(6, reader.current()).value("entry/5")).isPresent();
    assertThat(LogCheck.run(disk).findings()).isEmpty();
    commitMany(reader, 2_700, 2_800);
    sleep(Duration.ofMinutes(16));
    commitMany(reader, 2_800, 2_900);
    assertThat(disk.find(LogNames.commit(6))).as("nobody's").isEmpty();
  }

  @Test
  void whoSleptBehindAPutThatWasDoneInTimeIsNotCommittedTwice() {
    Committer slow =
        open(
            new ForwardingObjectStore(disk) {
              @Override
              public boolean putIfAbsent(String key, byte[] bytes) {
                boolean done = super.putIfAbsent(key, bytes);
                if (key.equals(LogNames.commit(6))) {
                  othersGoOn();
                }
                return done;
              }
            },
            shared);
    commitMany(slow, 0, 5);
    commitMany(slow, 1_000_000, 1_000_001);
    Committer reader = open(disk, shared);
    assertThat(reader.history().at(6, reader.current()).value("entry/1000000")).isPresent();
    assertThat(reader.current().version()).as("nothing was put twice").isEqualTo(2_600);
    slow.refresh();
    assertThat(slow.current().version()).isEqualTo(2_600);
  }

  @Test
  void whereTheHistoryIsGoneTooTheOutcomeIsSaidToBeUnknown() {
    CommitPolicy forgetful = shared.withRetention(Duration.ZERO);
    Committer slow =
        open(
            new ForwardingObjectStore(disk) {
              @Override
              public boolean putIfAbsent(String key, byte[] bytes) {
                boolean done = super.putIfAbsent(key, bytes);
                if (key.equals(LogNames.commit(6))) {
                  goOn(open(disk, forgetful));
                }
                return done;
              }
            },
            forgetful);
    commitMany(slow, 0, 5);
    assertThatThrownBy(() -> commitMany(slow, 1_000_000, 1_000_001))
        .isInstanceOfSatisfying(
            SqlException.class,
            e ->
                assertThat(e.detail())
                    .contains("It is not known whether the transaction was committed."));
    assertThat(open(disk, forgetful).current().version()).isEqualTo(2_600);
  }

  private void othersGoOn() {
    goOn(open(disk, shared));
  }

  private void goOn(Committer other) {
    int from = (int) other.current().version();
    commitMany(other, from, 2_500);
    sleep(Duration.ofMinutes(16));
    commitMany(other, 2_500, 2_600);
  }

  private static List<Long> archivedPositions(ObjectStore store) {
    return store.list("log/").stream()
        .map(ObjectSummary::key)
        .flatMap(key -> Stretch.named(key).stream())
        .map(Stretch::last)
        .toList();
  }

  private Committer open(ObjectStore store, CommitPolicy policy) {
    return new Committer(store, policy, (before, after) -> {}, () -> Long.MAX_VALUE, newest -> {});
  }

  private static void commitMany(Committer committer, int from, int to) {
    for (int i = from; i < to; i++) {
      Changes changes = new Changes();
      changes.put("entry/" + i, new byte[] {(byte) i});
      committer.commit(changes, committer.current(), Origin.WAREHOUSE);
      if (i % 100 == 99) {
        committer.checkpoint();
      }
    }
  }

  private static void check(Superblock superblock, int commits) {
    assertThat(superblock.values("entry/")).hasSize(commits);
  }

  private void sleep(Duration duration) {
    nanos.addAndGet(duration.toNanos());
  }
}

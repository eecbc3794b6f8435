package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.commit.LogClock;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Two processes and what they owe each other.
final class LeaseTest {
  private final InMemoryObjectStore store = new InMemoryObjectStore();

  /// Between two looks at the clock some time passes always.
  private final AtomicLong reads = new AtomicLong();

  private long millis = 4_102_444_800_000L;
  private final LocalNamespace first = open(Duration.ofDays(1));
  private final LocalNamespace second = open(Duration.ZERO);

  /// What they started with is held until they have looked after their history once.
  @BeforeEach
  void maintain() {
    first.maintain();
    second.maintain();
  }

  @AfterEach
  void close() {
    first.close();
    second.close();
  }

  @Test
  void whoLosesItsLeaseNeitherReadsNorCommitsWhatItBeganUnderIt() {
    TagTable.insert(first, 1, 1);
    Snapshot read = second.snapshot();
    WriteTransaction written = second.begin();
    TagTable.insert(written, 1, 2);
    millis += 61_000;
    assertLost(() -> TagTable.read(read, 1));
    assertLost(written::commit);
    assertLost(second::snapshot);
    second.tendLease();
    assertThat(TagTable.read(second.snapshot(), 1)).containsExactly(1);
    assertLost(() -> TagTable.read(read, 1));
  }

  /// Its clock stands still, so that only the log can tell it.
  @Test
  void whoseLeaseOthersHaveRemovedCommitsNothing() {
    TagTable.insert(first, 1, 1);
    try (LocalNamespace sleeper = open(Duration.ofDays(1), OptionalLong.of(millis))) {
      WriteTransaction late = sleeper.begin();
      late.putEntry("late", new byte[1]);
      TagTable.insert(first, 1, 2);
      WriteTransaction truncation = first.begin();
      truncation.truncate(1);
      truncation.commit();
      for (int i = 0; i < 20; i++) {
        millis += 20_000;
        System.gc();
        first.tendLease();
        first.collectGarbage();
      }
      assertLost(late::commit);
      assertThat(first.newest().value("late")).isEmpty();
    }
  }

  /// What a process does not know to be in use again, since it has not looked, it does not delete.
  @Test
  void whatAnotherProcessHasBroughtBackStays() {
    TagTable.insert(second, 1, 1);
    Snapshot before = second.snapshot();
    WriteTransaction truncation = second.begin();
    truncation.truncate(1);
    truncation.commit();
    first.committer().newest();
    pass();
    WriteTransaction restore = second.begin();
    restore.share(1, before, 1);
    restore.commit();
    before = second.snapshot();
    for (int i = 0; i < 20; i++) {
      System.gc();
      pass();
      first.collectGarbage();
    }
    assertThat(TagTable.read(before, 1)).containsExactly(1);
  }

  @Test
  void whatNobodyUsesGoesThoughOthersAreThere() {
    TagTable.insert(first, 1, 1);
    WriteTransaction truncation = first.begin();
    truncation.truncate(1);
    truncation.commit();
    for (int i = 0; i < 50 && !store.list("data/").isEmpty(); i++) {
      System.gc();
      second.snapshot();
      pass();
      first.collectGarbage();
    }
    assertThat(store.list("data/")).isEmpty();
  }

  /// Minutes in which both keep their leases.
  private void pass() {
    for (int i = 0; i < 8; i++) {
      millis += 20_000;
      first.tendLease();
      second.tendLease();
    }
  }

  private static void assertLost(Runnable action) {
    assertThatThrownBy(action::run)
        .isInstanceOfSatisfying(
            SqlException.class, e -> assertThat(e.state()).isEqualTo(SqlState.CANNOT_CONNECT_NOW))
        .hasMessageContaining("lost its lease");
  }

  private LocalNamespace open(Duration staleness) {
    return open(staleness, OptionalLong.empty());
  }

  /// @param stopped what the clock always shows, if it stands still
  private LocalNamespace open(Duration staleness, OptionalLong stopped) {
    LogClock clock =
        new LogClock(
            () -> stopped.orElse(millis) * 1_000_000 + reads.incrementAndGet(),
            () -> stopped.orElse(millis));
    return LocalNamespace.open(
        store,
        new StorageOptions(0, 1, 20, 4)
            .withCommits(
                CommitPolicy.sharedWithOthers()
                    .withRetention(Duration.ZERO)
                    .withStaleness(staleness)
                    .withClock(clock)));
  }
}

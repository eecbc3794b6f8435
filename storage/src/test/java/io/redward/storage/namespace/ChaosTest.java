package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.check.Finding;
import io.redward.storage.check.FindingKind;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.fsck.NamespaceCheck;
import io.redward.storage.objectstore.ChaosObjectStore;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.WriteTransaction;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// A namespace over a store in which one kind of fault happens again and again, and some of every
/// other kind. `-Dredward.chaos=N` sets how many seeds each kind gets; 1 by default.
final class ChaosTest {
  private static final int SEEDS = Integer.getInteger("redward.chaos", 1);
  private static final int TRANSACTIONS = 24;
  private static final int ROWS = 10;
  private static final int LARGE = 3_000;
  private static final StorageOptions OPTIONS =
      new StorageOptions(1 << 20, 1, 3, 4)
          .withCommits(CommitPolicy.sharedWithOthers().withPause(Duration.ZERO));

  /// What a statement may end with; everything else is a defect.
  private static final Set<SqlState> EXPECTED =
      EnumSet.of(
          SqlState.IO_ERROR,
          SqlState.DISK_FULL,
          SqlState.DATA_CORRUPTED,
          SqlState.UNDEFINED_FILE,
          SqlState.SERIALIZATION_FAILURE);

  @ParameterizedTest
  @EnumSource(ChaosObjectStore.Fault.class)
  void whateverGoesWrongNothingIsLostAndNothingIsWrong(ChaosObjectStore.Fault kind) {
    for (int seed = 0; seed < SEEDS; seed++) {
      InMemoryObjectStore disk = new InMemoryObjectStore();
      try (LocalNamespace fresh = LocalNamespace.open(disk, OPTIONS)) {
        WriteTransaction first = fresh.begin();
        first.putEntry("first", new byte[] {1});
        first.commit();
      }
      ChaosObjectStore store = new ChaosObjectStore(disk, seed * 31L + kind.ordinal());
      for (ChaosObjectStore.Fault each : ChaosObjectStore.Fault.values()) {
        store.with(each, each == kind ? 120 : 5);
      }
      Run run = new Run(store, kind + ", seed " + seed);
      run.go();
      store.calm();
      try (LocalNamespace calm = LocalNamespace.open(disk, OPTIONS)) {
        calm.maintain();
        run.check(calm.snapshot());
        assertThat(store.faults()).as(run.place).isPositive();
        assertThat(run.acknowledged).as(run.place).hasSizeGreaterThan(TRANSACTIONS / 4);
      }
      assertThat(NamespaceCheck.run(disk).findings().stream().filter(ChaosTest::isDamage))
          .as(run.place)
          .isEmpty();
    }
  }

  /// A put that left half a checkpoint is found by the check and passed over by recovery.
  private static boolean isDamage(Finding finding) {
    return finding.kind().isDamage() && finding.kind() != FindingKind.DAMAGED_CHECKPOINT;
  }

  private static final class Run {
    private final ChaosObjectStore store;
    private final String place;
    private final Random random = new Random(7);
    private final TreeSet<Integer> acknowledged = new TreeSet<>();
    private LocalNamespace namespace;

    Run(ChaosObjectStore store, String place) {
      this.store = store;
      this.place = place;
      namespace = open();
    }

    void go() {
      for (int i = 0; i < TRANSACTIONS; i++) {
        if (i % 12 == 11) {
          attempt(
              () -> {
                namespace.close();
                return true;
              });
          namespace = open();
        }
        int number = i;
        if (attempt(() -> transact(number))) {
          acknowledged.add(number);
        }
        if (random.nextInt(5) == 0) {
          attempt(
              () -> {
                namespace.maintain();
                return true;
              });
        }
        if (i % 3 == 0) {
          attempt(
              () -> {
                check(namespace.snapshot());
                return true;
              });
        }
      }
      attempt(
          () -> {
            namespace.close();
            return true;
          });
    }

    private LocalNamespace open() {
      SqlException last = new SqlException(SqlState.IO_ERROR, "never tried");
      for (int i = 0; i < 200; i++) {
        try {
          return LocalNamespace.open(store, OPTIONS);
        } catch (SqlException e) {
          assertThat(EXPECTED).as(place + ": " + e.message()).contains(e.state());
          last = e;
        }
      }
      throw last;
    }

    private boolean attempt(Supplier<Boolean> work) {
      try {
        return work.get();
      } catch (SqlException e) {
        assertThat(EXPECTED).as(place + ": " + e.message()).contains(e.state());
        return false;
      }
    }

    private boolean transact(int number) {
      WriteTransaction transaction = namespace.begin();
      try {
        transaction.putEntry("t" + number, new byte[] {1});
        RowAppender appender = transaction.append(TestTable.ID, TestTable.SHAPE);
        TestTable.append(appender, from(number), from(number) + count(number));
        appender.finish();
        transaction.commit();
        return true;
      } catch (SqlException e) {
        transaction.rollback();
        throw e;
      }
    }

    private static int from(int number) {
      return number * LARGE;
    }

    private static int count(int number) {
      return number % 6 == 2 ? LARGE : ROWS;
    }

    /// What a snapshot shows is every acknowledged transaction whole, and others whole or not.
    void check(Snapshot snapshot) {
      List<Integer> expected = new ArrayList<>();
      for (int i = 0; i < TRANSACTIONS; i++) {
        if (snapshot.entry("t" + i).isPresent()) {
          for (int row = from(i); row < from(i) + count(i); row++) {
            expected.add(row);
          }
        } else {
          assertThat(acknowledged).as(place + ", transaction " + i).doesNotContain(i);
        }
      }
      assertThat(TestTable.keys(snapshot).equals(expected)).as(place + ": rows").isTrue();
    }
  }
}

package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.fsck.NamespaceCheck;
import io.redward.storage.objectstore.ForgetfulDisk;
import io.redward.storage.objectstore.ForgetfulDisk.Survival;
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

/// The power is lost at every write, force, rename, link and delete in turn: in the run of a
/// namespace, and in the run of the one that recovers from it. Whatever of what was not forced
/// survives, what was acknowledged is there and what was not is there whole or not at all.
final class PowerLossTest {
  private static final StorageOptions OPTIONS =
      new StorageOptions(8 << 20, 1, 3, 4)
          .withCommits(CommitPolicy.exclusive().withPause(Duration.ZERO));
  private static final int TRANSACTIONS = 6;

  /// Rows of a large transaction: enough for an object of its own.
  private static final int LARGE = 5_000;

  @ParameterizedTest
  @EnumSource(Survival.class)
  void whatWasAcknowledgedSurvivesALossOfPowerAtAnyStep(Survival survival) {
    for (int step = 1; ; step++) {
      ForgetfulDisk disk = new ForgetfulDisk(step);
      TreeSet<Integer> acknowledged = new TreeSet<>();
      run(disk, 0, acknowledged);
      check(disk.afterwards(survival, step), acknowledged, survival + " at step " + step);
      if (disk.steps() < step) {
        assertThat(step).as("the run has many steps").isGreaterThan(60);
        return;
      }
    }
  }

  @Test
  void aSecondLossOfPowerLosesNothingEither() {
    for (int first = 1; first < 50; first++) {
      for (int second : new int[] {40, 10_000}) {
        TreeSet<Integer> acknowledged = new TreeSet<>();
        ForgetfulDisk disk = new ForgetfulDisk(first);
        run(disk, 0, acknowledged);
        // Killed, not powered off: what was not forced is there and still not forced.
        ForgetfulDisk killed = disk.afterKill(second);
        run(killed, TRANSACTIONS, acknowledged);
        check(
            killed.afterwards(Survival.NOTHING, 1),
            acknowledged,
            "killed at " + first + ", powered off at " + second);
      }
    }
  }

  private static void run(ForgetfulDisk disk, int from, TreeSet<Integer> acknowledged) {
    try {
      LocalNamespace namespace = LocalNamespace.open(disk.openStore(), OPTIONS);
      for (int i = from; i < from + TRANSACTIONS; i++) {
        WriteTransaction transaction = namespace.begin();
        transaction.putEntry("t" + i, new byte[] {(byte) i});
        RowAppender appender = transaction.append(TestTable.ID + i % 2, TestTable.SHAPE);
        TestTable.append(appender, (long) i * LARGE, (long) i * LARGE + size(i));
        appender.finish();
        transaction.commit();
        acknowledged.add(i);
      }
      namespace.maintain();
      namespace.close();
    } catch (SqlException e) {
      assertThat(e.message()).contains("no power");
    }
  }

  private static int size(int transaction) {
    return transaction % 3 == 1 ? LARGE : 1 + transaction;
  }

  private static void check(ForgetfulDisk disk, TreeSet<Integer> acknowledged, String place) {
    try (LocalNamespace recovered = LocalNamespace.open(disk.openStore(), OPTIONS)) {
      Snapshot snapshot = recovered.snapshot();
      List<Integer> present = new ArrayList<>();
      long expected = 0;
      for (int i = 0; i < 2 * TRANSACTIONS; i++) {
        if (snapshot.entry("t" + i).isPresent()) {
          present.add(i);
          expected += size(i);
        }
      }
      assertThat(present).as(place).containsAll(acknowledged);
      long rows =
          snapshot.table(TestTable.ID).rowCount() + snapshot.table(TestTable.ID + 1).rowCount();
      assertThat(rows).as(place).isEqualTo(expected);
    }
    assertThat(NamespaceCheck.run(disk.openStore()).damage()).as(place).isEmpty();
  }
}

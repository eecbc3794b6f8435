package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.Batch;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.SortedRegion;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.VacuumRequest;
import io.redward.storage.table.VacuumRun;
import io.redward.storage.table.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Vacuums change how rows lie, never which there are.
final class VacuumTest {
  private static final TableShape SORTED = TestTable.shape(List.of(1));

  private final LocalNamespace namespace =
      LocalNamespace.open(
          new InMemoryObjectStore(), new StorageOptions(16L << 20, 1, 1_000, 1_000));

  @AfterEach
  void close() {
    namespace.close();
  }

  @Test
  void overlappingRowsetsAreMergedIntoOrder() {
    insertShuffled(40, 1_000);
    List<Integer> before = sorted(namespace.snapshot());
    assertThat(unsorted()).isGreaterThan(0);
    VacuumRun run = namespace.housekeeping().vacuum(TestTable.ID, request(SORTED));
    assertThat(run.stage()).isEqualTo(VacuumRun.Stage.COMPLETE);
    assertThat(run.after().sortedRows()).isEqualTo(40_000);
    assertThat(unsorted()).isZero();
    assertThat(TestTable.keys(namespace.snapshot())).isEqualTo(before);
    assertThat(namespace.housekeeping().vacuum(TestTable.ID, request(SORTED)).stage())
        .isEqualTo(VacuumRun.Stage.SKIPPED);
  }

  @Test
  void moreRowsThanARowsetTakesBecomeRowsetsSideBySide() {
    insertShuffled(6, 40_000);
    List<Integer> before = sorted(namespace.snapshot());
    namespace.housekeeping().vacuum(TestTable.ID, request(SORTED));
    assertThat(namespace.snapshot().table(TestTable.ID).rowsets()).hasSize(4);
    assertThat(unsorted()).isZero();
    assertThat(TestTable.keys(namespace.snapshot())).isEqualTo(before);
  }

  @Test
  void aTransactionThatSawTheOldRowsetsDeletesTheSameRows() {
    insertShuffled(20, 1_000);
    WriteTransaction early = namespace.begin();
    TestTable.delete(early, 3_000, 17_000);
    namespace.housekeeping().vacuum(TestTable.ID, request(SORTED));
    early.commit();
    List<Integer> expected =
        IntStream.concat(IntStream.range(0, 3_000), IntStream.range(17_000, 20_000))
            .boxed()
            .toList();
    assertThat(sorted(namespace.snapshot())).isEqualTo(expected);
  }

  @Test
  void deletedRowsAreTakenOutBeyondTheThreshold() {
    insertShuffled(4, 1_000);
    WriteTransaction delete = namespace.begin();
    TestTable.delete(delete, 0, 100);
    delete.commit();
    VacuumRequest lax = new VacuumRequest(SORTED, true, false, false, 95, VacuumRequest.Cause.USER);
    assertThat(namespace.housekeeping().vacuum(TestTable.ID, lax).after().deletedRows())
        .isEqualTo(100);
    VacuumRequest strict =
        new VacuumRequest(SORTED, true, false, false, 100, VacuumRequest.Cause.USER);
    VacuumRun run = namespace.housekeeping().vacuum(TestTable.ID, strict);
    assertThat(run.before().deletedRows()).isEqualTo(100);
    assertThat(run.after().deletedRows()).isZero();
    assertThat(sorted(namespace.snapshot()))
        .isEqualTo(IntStream.range(100, 4_000).boxed().toList());
  }

  @Test
  void aTableWithAnotherSortKeyIsRewrittenByIt() {
    insertShuffled(10, 1_000);
    TableShape plain = TestTable.shape(List.of());
    VacuumRun run = namespace.housekeeping().vacuum(TestTable.ID, request(plain));
    assertThat(run.stage()).as("any order will do").isEqualTo(VacuumRun.Stage.SKIPPED);
    TableShape other = TestTable.shape(List.of(5));
    run = namespace.housekeeping().vacuum(TestTable.ID, request(other));
    assertThat(run.merges()).isGreaterThanOrEqualTo(10);
    run = namespace.housekeeping().vacuum(TestTable.ID, request(SORTED));
    assertThat(run.after().sortedRows()).isEqualTo(10_000);
    assertThat(namespace.housekeeping().vacuums()).hasSize(3);
  }

  @Test
  void largeTablesInRandomOrderAreSortedByThemselves() {
    insertShuffled(12, 10_000);
    namespace.maintain();
    assertThat(unsorted()).isZero();
    VacuumRun run = namespace.housekeeping().vacuums().getLast();
    assertThat(run.request().automatic()).isTrue();
    assertThat(sorted(namespace.snapshot()))
        .isEqualTo(IntStream.range(0, 120_000).boxed().toList());
  }

  private static VacuumRequest request(TableShape shape) {
    return new VacuumRequest(shape, true, true, false, 100, VacuumRequest.Cause.USER);
  }

  private long unsorted() {
    return SortedRegion.unsortedRows(namespace.snapshot().table(TestTable.ID).rowsets(), 1);
  }

  private static List<Integer> sorted(Snapshot snapshot) {
    return TestTable.keys(snapshot).stream().sorted().toList();
  }

  /// `parts` transactions of `rows` rows, whose keys are all of `0 .. parts * rows` in random
  /// order.
  private void insertShuffled(int parts, int rows) {
    List<Integer> keys = new ArrayList<>(IntStream.range(0, parts * rows).boxed().toList());
    java.util.Collections.shuffle(keys, new Random(3));
    for (int part = 0; part < parts; part++) {
      WriteTransaction transaction = namespace.begin();
      RowAppender appender = transaction.append(TestTable.ID, SORTED);
      Batch batch = TestTable.batch(0, 1);
      for (int key : keys.subList(part * rows, (part + 1) * rows)) {
        TestTable.set(batch.vectors[0], 0, key);
        appender.append(batch);
      }
      appender.finish();
      transaction.commit();
    }
  }
}

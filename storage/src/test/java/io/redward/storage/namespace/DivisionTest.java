package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.LongVector;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.SortedRegion;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.VacuumRequest;
import io.redward.storage.table.VacuumRun;
import io.redward.storage.table.WriteTransaction;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalInt;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Rows are written together by ranges of the distribution key where another column is the sort
/// key, or none.
final class DivisionTest {
  private static final int ROWS = 4 * RowsetSnapshot.BLOCK_ROWS + 1_000;
  private static final OptionalInt KEY = OptionalInt.of(1);
  private static final TableShape UNDIVIDED = TestTable.shape(List.of(5));
  private static final TableShape DIVIDED =
      new TableShape(UNDIVIDED.columns(), List.of(5), false, KEY);

  private static final StorageOptions ALONE = new StorageOptions(64 << 20, 16, 256, 4);

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private LocalNamespace namespace = LocalNamespace.open(store, ALONE.withDivision(true));

  @AfterEach
  void close() {
    namespace.close();
  }

  @Test
  void rowsetsHoldRangesOfTheKeyAndStayThatWay() {
    insert(DIVIDED, 0, ROWS);
    insert(DIVIDED, ROWS, 2 * ROWS);
    assertThat(rowsets()).hasSizeGreaterThanOrEqualTo(8);
    assertThat(SortedRegion.depth(rowsets(), 1)).isLessThan(1.5);
    List<Integer> before = rowsets().stream().map(RowsetSnapshot::rowsetId).toList();
    namespace.maintain();
    namespace.maintain();
    assertThat(rowsets().stream().map(RowsetSnapshot::rowsetId).toList()).isEqualTo(before);
    check(2 * ROWS);
  }

  @Test
  void aTableThatIsDistributedAnewIsRewritten() {
    insert(UNDIVIDED, 0, ROWS);
    assertThat(SortedRegion.depth(rowsets(), 1)).isGreaterThan(4);
    WriteTransaction early = namespace.begin();
    TestTable.delete(early, 3_000, 17_000);
    VacuumRequest request =
        new VacuumRequest(DIVIDED, true, true, false, 95, VacuumRequest.Cause.ALTERED);
    namespace.housekeeping().vacuum(TestTable.ID, request);
    early.commit();
    assertThat(SortedRegion.depth(rowsets(), 1)).isLessThan(1.5);
    assertThat(SortedRegion.unsortedRows(rowsets(), 5, KEY)).isLessThan(ROWS / 8);
    assertThat(TestTable.keys(namespace.snapshot())).hasSize(ROWS - 14_000);
    List<Integer> before = rowsets().stream().map(RowsetSnapshot::rowsetId).toList();
    VacuumRequest again =
        new VacuumRequest(DIVIDED, false, true, false, 80, VacuumRequest.Cause.USER);
    assertThat(namespace.housekeeping().vacuum(TestTable.ID, again).stage())
        .isEqualTo(VacuumRun.Stage.SKIPPED);
    assertThat(rowsets().stream().map(RowsetSnapshot::rowsetId).toList()).isEqualTo(before);
  }

  /// One machine has no use for parts, and its scans have fewer blocks without. Once there are
  /// nodes, VACUUM divides what was written before.
  @Test
  void aWarehouseWithoutNodesDividesNothingUntilItHasSome() {
    namespace.close();
    namespace = LocalNamespace.open(store, ALONE);
    insert(DIVIDED, 0, ROWS);
    VacuumRequest request =
        new VacuumRequest(DIVIDED, true, true, false, 95, VacuumRequest.Cause.USER);
    namespace.housekeeping().vacuum(TestTable.ID, request);
    assertThat(rowsets()).hasSize(1);
    assertThat(SortedRegion.unsortedRows(rowsets(), 5, KEY)).isZero();
    namespace.close();
    namespace = LocalNamespace.open(store, ALONE.withDivision(true));
    namespace.housekeeping().vacuum(TestTable.ID, request);
    assertThat(SortedRegion.depth(rowsets(), 1)).isLessThan(1.5);
    check(ROWS);
  }

  /// Whatever the keys: every row is in one part, parts are in the order given and not small, and
  /// a key that fills many blocks has a part of its own.
  @Test
  void partsAreDisjointRangesInTheGivenOrder() {
    for (int seed = 0; seed < 8; seed++) {
      Random random = new Random(seed);
      int rows = (2 + random.nextInt(7)) * RowsetSnapshot.BLOCK_ROWS + random.nextInt(9_999);
      int distinct = random.nextBoolean() ? 5 : 1_000_000;
      LongVector keys = new LongVector(rows);
      for (int row = 0; row < rows; row++) {
        boolean hot = random.nextInt(3) == 0;
        keys.values[row] = hot ? distinct / 2 : random.nextInt(distinct) - distinct / 3;
        if (random.nextInt(100) == 0) {
          keys.setNull(row);
        }
      }
      List<SortOrder> parts = Division.of(keys, SortOrder.ofArrival(rows));
      assertThat(parts).hasSizeGreaterThan(1);
      int[] all = parts.stream().flatMapToInt(part -> Arrays.stream(part.rows())).toArray();
      Arrays.sort(all);
      assertThat(all).isEqualTo(IntStream.range(0, rows).toArray());
      long last = Long.MIN_VALUE;
      for (SortOrder part : parts) {
        assertThat(part.rows().length).isGreaterThanOrEqualTo(Division.MIN_ROWS);
        assertThat(part.rows()).isSorted();
        long least = Long.MAX_VALUE;
        long most = Long.MIN_VALUE;
        for (int row : part.rows()) {
          long key = keys.isNull(row) ? Long.MIN_VALUE : keys.values[row];
          least = Math.min(least, key);
          most = Math.max(most, key);
        }
        assertThat(least).isGreaterThanOrEqualTo(last);
        last = most;
      }
    }
  }

  private void insert(TableShape shape, int from, int to) {
    WriteTransaction transaction = namespace.begin();
    RowAppender appender = transaction.append(TestTable.ID, shape);
    TestTable.append(appender, from, to);
    appender.finish();
    transaction.commit();
  }

  private List<RowsetSnapshot> rowsets() {
    return namespace.snapshot().table(TestTable.ID).rowsets();
  }

  private void check(int rows) {
    assertThat(TestTable.keys(namespace.snapshot()).stream().sorted().toList())
        .isEqualTo(IntStream.range(0, rows).boxed().toList());
  }
}

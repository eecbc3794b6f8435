package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.ValueBounds;
import io.redward.storage.table.WriteTransaction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class LocalNamespaceTest {
  private static final StorageOptions OPTIONS = new StorageOptions(64 << 20, 2, 1_000, 1_000);

  @TempDir Path directory;

  @Test
  void rowsOfSeveralRowsetsAreThereAfterReopening() {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, 150_000);
      assertRows(namespace.snapshot(), 0, 150_000);
    }
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      assertRows(namespace.snapshot(), 0, 150_000);
      TableSnapshot table = namespace.snapshot().table(TestTable.ID);
      assertThat(table.rowsets()).hasSize(2);
      assertThat(table.rowCount()).isEqualTo(150_000);
    }
  }

  @Test
  void smallCommitsRideInTheLogAndReadLikeOthers() throws Exception {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, 1);
      TestTable.insert(namespace, 1, 4);
    }
    assertThat(directory.resolve("data")).doesNotExist();
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      assertRows(namespace.snapshot(), 0, 4);
    }
  }

  @Test
  void blocksTellTheirBounds() {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, 100_000);
      RowsetSnapshot rowset = namespace.snapshot().table(TestTable.ID).rowsets().getFirst();
      BlockSummary second = rowset.summary(1, 1);
      assertThat(second.bounds()).contains(new ValueBounds.Longs(65_536, 99_999));
      assertThat(second.rowCount()).isEqualTo(100_000 - 65_536);
      assertThat(second.encoding()).isEqualTo("az64");
      assertThat(rowset.summary(2, 0).nullCount()).isEqualTo(65_536 / 7 + 1);
      assertThat(rowset.hasColumn(99)).isFalse();
    }
  }

  @Test
  void statisticsCoverAllRowsets() {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, 150_000);
      TestTable.insert(namespace, 150_000, 150_010);
      TableSnapshot table = namespace.snapshot().table(TestTable.ID);
      ColumnStatistics first = table.statistics(1).orElseThrow();
      assertThat(first.rowCount()).isEqualTo(150_010);
      assertThat(first.bounds()).contains(new ValueBounds.Longs(0, 150_009));
      assertThat(first.distinctCount()).isBetween(140_000.0, 160_000.0);
      ColumnStatistics text = table.statistics(5).orElseThrow();
      assertThat(text.distinctCount()).isBetween(760.0, 840.0);
      assertThat(text.nullCount()).isEqualTo(30_002);
      assertThat(text.averageBytes()).isBetween(13.0, 16.0);
      assertThat(table.statistics(77)).isEmpty();
    }
  }

  @Test
  void entriesCommitWithRows() {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      WriteTransaction transaction = namespace.begin();
      transaction.putEntry("catalog/1", bytes("one"));
      transaction.putEntry("catalog/2", bytes("two"));
      transaction.putEntry("other", bytes("x"));
      assertThat(namespace.snapshot().entries("catalog/")).isEmpty();
      assertThat(transaction.view().entries("catalog/")).hasSize(2);
      transaction.commit();
      WriteTransaction second = namespace.begin();
      second.removeEntry("catalog/1");
      second.commit();
    }
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      assertThat(namespace.snapshot().entries("catalog/")).containsOnlyKeys("catalog/2");
      assertThat(namespace.snapshot().entry("other")).contains(bytes("x"));
    }
  }

  @Test
  void deletedRowsAreMaskedAndStaySo() {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, 100);
      TestTable.insert(namespace, 100, 70_000);
      Snapshot before = namespace.snapshot();
      WriteTransaction transaction = namespace.begin();
      TestTable.delete(transaction, 50, 60_000);
      assertThat(TestTable.keys(transaction.view())).hasSize(50 + 10_000);
      transaction.commit();
      assertThat(before.table(TestTable.ID).rowCount()).isEqualTo(70_000);
      assertThat(namespace.snapshot().table(TestTable.ID).rowCount()).isEqualTo(10_050);
    }
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      List<Integer> expected =
          IntStream.concat(IntStream.range(0, 50), IntStream.range(60_000, 70_000))
              .boxed()
              .toList();
      assertThat(TestTable.keys(namespace.snapshot())).isEqualTo(expected);
    }
  }

  @Test
  void rolledBackRowsLeaveNothing() throws Exception {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      WriteTransaction transaction = namespace.begin();
      RowAppender appender = transaction.append(TestTable.ID, TestTable.SHAPE);
      TestTable.append(appender, 0, 200_000);
      appender.finish();
      assertThat(TestTable.keys(transaction.view())).hasSize(200_000);
      transaction.rollback();
      assertThat(namespace.snapshot().table(TestTable.ID).rowsets()).isEmpty();
    }
    assertThat(dataFiles()).isEmpty();
  }

  @Test
  void leftoversOfACrashAreCollectedAtTheNextStart() throws Exception {
    LocalNamespace crashed = LocalNamespace.open(directory, OPTIONS);
    TestTable.insert(crashed, 0, 70_000);
    WriteTransaction transaction = crashed.begin();
    RowAppender appender = transaction.append(TestTable.ID, TestTable.SHAPE);
    TestTable.append(appender, 0, 200_000);
    appender.finish();
    assertThat(dataFiles()).hasSize(3);
    crashed.close();
    LocalNamespace.open(directory, OPTIONS).close();
    assertThat(dataFiles()).hasSize(1);
  }

  @Test
  void truncatedRowsStayForOlderSnapshots() {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, 70_000);
      Snapshot before = namespace.snapshot();
      WriteTransaction transaction = namespace.begin();
      transaction.truncate(TestTable.ID);
      RowAppender appender = transaction.append(TestTable.ID, TestTable.SHAPE);
      TestTable.append(appender, 5, 10);
      appender.finish();
      transaction.commit();
      assertRows(namespace.snapshot(), 5, 10);
      assertRows(before, 0, 70_000);
    }
  }

  @Test
  void objectsOfDroppedRowsetsGoWhenNobodySeesThemAnyMore() throws Exception {
    try (LocalNamespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, 70_000);
      Snapshot before = namespace.snapshot();
      WriteTransaction transaction = namespace.begin();
      transaction.truncate(TestTable.ID);
      transaction.commit();
      namespace.maintain();
      assertThat(before.table(TestTable.ID).rowCount()).isEqualTo(70_000);
      assertThat(dataFiles()).hasSize(1);
      before = namespace.snapshot();
      for (int attempt = 0; attempt < 100 && !dataFiles().isEmpty(); attempt++) {
        System.gc();
        namespace.maintain();
      }
      assertThat(dataFiles()).isEmpty();
      assertThat(before.table(TestTable.ID).rowCount()).isZero();
    }
  }

  @Test
  void rowsOfARowsetAreSortedByTheSortKey() {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      WriteTransaction transaction = namespace.begin();
      RowAppender appender = transaction.append(TestTable.ID, TestTable.shape(List.of(5, 1)));
      TestTable.append(appender, 0, 80_000);
      appender.finish();
      transaction.commit();
      List<List<@Nullable Object>> rows = TestTable.read(namespace.snapshot());
      List<List<@Nullable Object>> expected = new ArrayList<>();
      for (int n = 0; n < 80_000; n++) {
        expected.add(TestTable.row(n));
      }
      expected.sort(
          (left, right) -> {
            String a = (String) left.get(4);
            String b = (String) right.get(4);
            int order =
                a == null || b == null ? Boolean.compare(a == null, b == null) : a.compareTo(b);
            return order != 0
                ? order
                : Integer.compare((Integer) left.getFirst(), (Integer) right.getFirst());
          });
      assertThat(rows).isEqualTo(expected);
    }
  }

  @Test
  void changingTheSameEntryConflicts() {
    Namespace namespace = LocalNamespace.open(new InMemoryObjectStore(), OPTIONS);
    WriteTransaction first = namespace.begin();
    WriteTransaction second = namespace.begin();
    first.putEntry("a", bytes("1"));
    second.putEntry("a", bytes("2"));
    first.commit();
    SqlException conflict = catchThrowableOfType(SqlException.class, second::commit);
    assertThat(conflict.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
    assertThat(conflict.message()).isEqualTo("1023");
    assertThat(conflict.detail().orElseThrow()).startsWith("Serializable isolation violation on");
    assertThat(namespace.snapshot().entry("a")).contains(bytes("1"));
  }

  @Test
  void anEntryRequiredUnchangedConflictsWithItsChange() {
    Namespace namespace = LocalNamespace.open(new InMemoryObjectStore(), OPTIONS);
    WriteTransaction first = namespace.begin();
    WriteTransaction second = namespace.begin();
    first.putEntry("a", bytes("1"));
    second.requireUnchanged("a");
    second.putEntry("b", bytes("2"));
    first.commit();
    assertThatThrownBy(second::commit).isInstanceOf(SqlException.class).hasMessage("1023");
  }

  @Test
  void deletingTheSameRowConflictsButOtherRowsDoNot() {
    Namespace namespace = LocalNamespace.open(new InMemoryObjectStore(), OPTIONS);
    TestTable.insert(namespace, 0, 1000);
    WriteTransaction first = namespace.begin();
    WriteTransaction second = namespace.begin();
    WriteTransaction third = namespace.begin();
    TestTable.delete(first, 0, 10);
    TestTable.delete(second, 9, 20);
    TestTable.delete(third, 10, 20);
    first.commit();
    assertThatThrownBy(second::commit).hasMessage("1023");
    third.commit();
    assertThat(TestTable.keys(namespace.snapshot())).hasSize(980);
  }

  @Test
  void deletingFromATruncatedTableConflictsAndAppendingDoesNot() {
    Namespace namespace = LocalNamespace.open(new InMemoryObjectStore(), OPTIONS);
    TestTable.insert(namespace, 0, 1000);
    WriteTransaction deleter = namespace.begin();
    TestTable.delete(deleter, 0, 10);
    WriteTransaction appender = namespace.begin();
    RowAppender rows = appender.append(TestTable.ID, TestTable.SHAPE);
    TestTable.append(rows, 1000, 1010);
    rows.finish();
    WriteTransaction truncation = namespace.begin();
    truncation.truncate(TestTable.ID);
    truncation.commit();
    assertThatThrownBy(deleter::commit).hasMessage("1023");
    appender.commit();
    assertRows(namespace.snapshot(), 1000, 1010);
  }

  @Test
  void aDirectoryOpenElsewhereIsRefused() {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      assertThatThrownBy(() -> LocalNamespace.open(directory, OPTIONS))
          .isInstanceOf(SqlException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid());
      TestTable.insert(namespace, 0, 1);
    }
    LocalNamespace.open(directory, OPTIONS).close();
  }

  @Test
  void aCheckpointServesAsTheStart() {
    StorageOptions options = OPTIONS.withCheckpointCommits(10);
    try (LocalNamespace namespace = LocalNamespace.open(directory, options)) {
      for (int i = 0; i < 30; i++) {
        TestTable.insert(namespace, i, i + 1);
      }
      WriteTransaction transaction = namespace.begin();
      TestTable.delete(transaction, 10, 15);
      transaction.commit();
      namespace.maintain();
      TestTable.insert(namespace, 30, 40);
    }
    try (Namespace namespace = LocalNamespace.open(directory, options)) {
      List<Integer> expected =
          IntStream.concat(IntStream.range(0, 10), IntStream.range(15, 40)).boxed().toList();
      assertThat(TestTable.keys(namespace.snapshot())).isEqualTo(expected);
    }
  }

  @Test
  void smallRowsetsAreFoldedAndOpenTransactionsFindTheirRows() {
    StorageOptions options = OPTIONS.withFoldRowsets(8);
    LocalNamespace namespace =
        LocalNamespace.open(new InMemoryObjectStore(), OPTIONS.withFoldRowsets(1_000));
    for (int i = 0; i < 100; i++) {
      TestTable.insert(namespace, i, i + 1);
    }
    WriteTransaction early = namespace.begin();
    TestTable.delete(early, 40, 50);
    WriteTransaction deleted = namespace.begin();
    TestTable.delete(deleted, 0, 5);
    deleted.commit();
    Folding folding = new Folding(namespace, options, () -> {});
    folding.foldAll();
    assertThat(namespace.snapshot().table(TestTable.ID).rowsets()).hasSize(1);
    early.commit();
    List<Integer> expected =
        IntStream.concat(IntStream.range(5, 40), IntStream.range(50, 100)).boxed().toList();
    assertThat(TestTable.keys(namespace.snapshot())).isEqualTo(expected);
    WriteTransaction late = namespace.begin();
    TestTable.delete(late, 5, 100);
    late.commit();
    assertThat(TestTable.keys(namespace.snapshot())).isEmpty();
    namespace.close();
  }

  @Test
  void manySingleRowInsertsEndInFewRowsets() {
    LocalNamespace namespace =
        LocalNamespace.open(new InMemoryObjectStore(), OPTIONS.withFoldRowsets(16));
    for (int i = 0; i < 2_000; i++) {
      TestTable.insert(namespace, i, i + 1);
    }
    namespace.maintain();
    assertThat(namespace.snapshot().table(TestTable.ID).rowsets().size()).isLessThan(33);
    assertThat(TestTable.keys(namespace.snapshot()))
        .isEqualTo(IntStream.range(0, 2_000).boxed().toList());
    namespace.close();
  }

  @Test
  void contentVersionChangesWithRowsOnly() {
    Namespace namespace = LocalNamespace.open(new InMemoryObjectStore(), OPTIONS);
    TestTable.insert(namespace, 0, 10);
    long first = namespace.snapshot().table(TestTable.ID).contentVersion();
    WriteTransaction entry = namespace.begin();
    entry.putEntry("x", bytes("y"));
    assertThat(entry.view().table(TestTable.ID).contentVersion()).isEqualTo(first);
    entry.commit();
    assertThat(namespace.snapshot().table(TestTable.ID).contentVersion()).isEqualTo(first);
    TestTable.insert(namespace, 10, 11);
    assertThat(namespace.snapshot().table(TestTable.ID).contentVersion()).isNotEqualTo(first);
  }

  private static void assertRows(Snapshot snapshot, int from, int to) {
    List<List<@Nullable Object>> rows = TestTable.read(snapshot);
    assertThat(rows).hasSize(to - from);
    for (int i = 0; i < rows.size(); i++) {
      if (!rows.get(i).equals(TestTable.row(from + i))) {
        assertThat(rows.get(i)).as("row %d", from + i).isEqualTo(TestTable.row(from + i));
      }
    }
  }

  private List<Path> dataFiles() throws Exception {
    Path data = directory.resolve("data");
    if (!Files.exists(data)) {
      return List.of();
    }
    try (java.util.stream.Stream<Path> files = Files.walk(data)) {
      return files.filter(Files::isRegularFile).toList();
    }
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}

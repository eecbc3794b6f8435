package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.fsck.NamespaceCheck;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.Isolation;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TransactionOwner;
import io.redward.storage.table.WriteTransaction;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// One table's rows handed to another, beside others that change them.
final class MoveTest {
  private static final long SOURCE = 1;
  private static final long TARGET = 2;
  private static final StorageOptions OPTIONS = StorageOptions.defaults();

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private LocalNamespace namespace;

  @BeforeEach
  void open() {
    namespace = LocalNamespace.open(store, OPTIONS);
    TagTable.insert(namespace, SOURCE, 10);
    TagTable.insert(namespace, SOURCE, 11);
    TagTable.insert(namespace, TARGET, 20);
  }

  @AfterEach
  void close() {
    namespace.close();
  }

  @Test
  void rowsetsAndDeletesAreHandedOverAsTheyAre() {
    TestTable.insert(namespace, 0, 70_000);
    WriteTransaction deleting = namespace.begin();
    TestTable.delete(deleting, 100, 20_000); // few enough that nobody purges the rowset
    deleting.commit();
    Snapshot before = namespace.snapshot();
    List<Integer> rowsets = rowsets(before, TestTable.ID);
    List<Integer> keys = TestTable.keys(before);
    move(TestTable.ID, TARGET);
    assertThat(rowsets(namespace.snapshot(), TARGET)).containsAll(rowsets);
    assertThat(TestTable.keys(namespace.snapshot())).isEmpty();
    assertThat(TestTable.keys(before)).hasSize(50_100).isEqualTo(keys);
    namespace.close();
    namespace = LocalNamespace.open(store, OPTIONS);
    assertThat(namespace.snapshot().table(TARGET).rowCount()).isEqualTo(50_101);
    move(TARGET, 3);
    move(3, TestTable.ID);
    assertThat(namespace.snapshot().table(TestTable.ID).rowCount()).isEqualTo(50_101);
    assertThat(NamespaceCheck.run(store).damage()).isEmpty();
  }

  private void move(long from, long to) {
    WriteTransaction transaction = namespace.begin();
    assertThat(transaction.move(to, from)).isTrue();
    assertThat(transaction.view().table(from).rowCount()).isZero();
    transaction.commit();
  }

  @Test
  void rowsAddedMeanwhileStay() {
    WriteTransaction transaction = namespace.begin();
    transaction.move(TARGET, SOURCE);
    TagTable.insert(namespace, SOURCE, 12);
    transaction.commit();
    assertThat(TagTable.read(namespace.snapshot(), SOURCE)).containsExactly(12);
    assertThat(TagTable.read(namespace.snapshot(), TARGET)).containsExactlyInAnyOrder(10, 11, 20);
  }

  @Test
  void rowsDeletedMeanwhileAreAConflictEitherWay() {
    WriteTransaction moving = namespace.begin();
    moving.move(TARGET, SOURCE);
    WriteTransaction deleting = namespace.begin();
    TagTable.delete(deleting, SOURCE, 10);
    WriteTransaction late = namespace.begin();
    TagTable.delete(late, SOURCE, 11);
    deleting.commit();
    assertConflict(moving);
    WriteTransaction again = namespace.begin();
    again.move(TARGET, SOURCE);
    again.commit();
    assertConflict(late);
    assertThat(TagTable.read(namespace.snapshot(), TARGET)).containsExactlyInAnyOrder(11, 20);
  }

  /// What reads the source and writes what the move depends on cannot be put in an order with it.
  @Test
  void readersOfTheSourceCountAsPredecessors() {
    WriteTransaction moving = namespace.begin(Isolation.SERIALIZABLE, new TransactionOwner(1, 7));
    moving.reads().read(3, ReadScope.TABLE);
    moving.move(TARGET, SOURCE);
    WriteTransaction reader = namespace.begin(Isolation.SERIALIZABLE, new TransactionOwner(2, 7));
    reader.reads().read(SOURCE, ReadScope.TABLE);
    TagTable.insert(reader, 3, 30);
    moving.commit();
    assertConflict(reader);
  }

  @Test
  void sharedRowsAreNotMovedTwice() {
    WriteTransaction cloning = namespace.begin();
    cloning.share(3, namespace.snapshot(), SOURCE);
    cloning.commit();
    WriteTransaction first = namespace.begin();
    assertThat(first.move(TARGET, SOURCE)).isTrue();
    WriteTransaction second = namespace.begin();
    assertThat(second.move(TARGET, 3)).isTrue();
    first.commit();
    assertConflict(second);
    WriteTransaction third = namespace.begin();
    assertThat(third.move(TARGET, 3)).isFalse();
    assertThat(third.hasChanges()).isFalse();
    third.rollback();
  }

  @Test
  void rowsOfTheSameTransactionAreNotMoved() {
    WriteTransaction transaction = namespace.begin();
    TagTable.insert(transaction, SOURCE, 12);
    assertThat(transaction.move(TARGET, SOURCE)).isFalse();
    transaction.rollback();
  }

  private static void assertConflict(WriteTransaction transaction) {
    assertThatThrownBy(transaction::commit)
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }

  private static List<Integer> rowsets(Snapshot snapshot, long table) {
    return snapshot.table(table).rowsets().stream().map(RowsetSnapshot::rowsetId).toList();
  }
}

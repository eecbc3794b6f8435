package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.SqlType;
import io.redward.storage.fsck.NamespaceCheck;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.WriteTransaction;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A new table's rows taken from another one as they are stored, where that is possible.
final class CarryTest {
  private static final long TARGET = 8;

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private LocalNamespace namespace;

  @BeforeEach
  void open() {
    namespace = LocalNamespace.open(store, StorageOptions.defaults());
    TestTable.insert(namespace, 0, 70_000);
    WriteTransaction deleting = namespace.begin();
    TestTable.delete(deleting, 100, 20_000); // few enough that nobody purges the rowset
    deleting.commit();
  }

  @AfterEach
  void close() {
    namespace.close();
  }

  @Test
  void rowsetsAreSharedWithTheirDeletedRows() {
    assertThat(carry(TestTable.SHAPE)).isTrue();
    Snapshot after = namespace.snapshot();
    assertThat(rowsets(after, TARGET)).isEqualTo(rowsets(after, TestTable.ID)).isNotEmpty();
    assertThat(after.table(TARGET).rowCount()).isEqualTo(50_100);
    assertThat(after.table(TARGET).statistics(1).orElseThrow().bounds())
        .isEqualTo(after.table(TestTable.ID).statistics(1).orElseThrow().bounds());
  }

  @Test
  void whatIsSharedOutlivesTheSource() {
    carry(TestTable.SHAPE);
    WriteTransaction dropping = namespace.begin();
    dropping.truncate(TestTable.ID);
    dropping.commit();
    namespace.close();
    namespace = LocalNamespace.open(store, StorageOptions.defaults());
    assertThat(namespace.snapshot().table(TARGET).rowCount()).isEqualTo(50_100);
    assertThat(NamespaceCheck.run(store).damage()).isEmpty();
  }

  @Test
  void rowsThatAreToBeInOrderAreNotShared() {
    assertThat(carry(TestTable.shape(List.of(1)))).isFalse();
    assertThat(namespace.snapshot().table(TARGET).rowsets()).isEmpty();
  }

  @Test
  void columnsThatAreMissingOrTooManyAreNotShared() {
    List<TableShape.Column> columns = TestTable.SHAPE.columns();
    assertThat(carry(new TableShape(columns.subList(0, 4), List.of(), false))).isFalse();
    List<TableShape.Column> more = new ArrayList<>(columns);
    more.add(new TableShape.Column(6, SqlType.INTEGER, "auto"));
    assertThat(carry(new TableShape(more, List.of(), false))).isFalse();
  }

  @Test
  void columnsOfAnotherFormAreNotShared() {
    List<TableShape.Column> columns = new ArrayList<>(TestTable.SHAPE.columns());
    columns.set(0, new TableShape.Column(1, SqlType.BIGINT, "auto"));
    assertThat(carry(new TableShape(columns, List.of(), false))).isFalse();
  }

  @Test
  void nothingIsSharedWithATableThatHasRows() {
    assertThat(carry(TestTable.SHAPE)).isTrue();
    assertThat(carry(TestTable.SHAPE)).isFalse();
  }

  @Test
  void rowsOfTheSameTransactionAreNotShared() {
    WriteTransaction transaction = namespace.begin();
    TestTable.delete(transaction, 0, 100);
    assertThat(transaction.carry(TARGET, TestTable.SHAPE, TestTable.ID)).isFalse();
    transaction.rollback();
  }

  private boolean carry(TableShape shape) {
    WriteTransaction transaction = namespace.begin();
    boolean carried = transaction.carry(TARGET, shape, TestTable.ID);
    if (carried) {
      assertThat(transaction.view().table(TARGET).rowCount()).isEqualTo(50_100);
      transaction.commit();
    } else {
      assertThat(transaction.hasChanges()).isFalse();
      transaction.rollback();
    }
    return carried;
  }

  private static List<Integer> rowsets(Snapshot snapshot, long table) {
    return snapshot.table(table).rowsets().stream().map(RowsetSnapshot::rowsetId).toList();
  }
}

package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.Isolation;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.TransactionOwner;
import io.redward.storage.table.WriteTransaction;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// Transactions that read and write two tables in ways that fit a serial order or do not.
final class SerialSafetyNetTest {
  private static final long LEFT = TestTable.ID;
  private static final long RIGHT = TestTable.ID + 1;

  private LocalNamespace namespace;
  private int lastTransaction;

  @BeforeEach
  void open() {
    namespace = LocalNamespace.open(new InMemoryObjectStore(), StorageOptions.defaults());
  }

  @AfterEach
  void close() {
    namespace.close();
  }

  @Test
  void writeSkewIsRefused() {
    WriteTransaction first = begin(Isolation.SERIALIZABLE);
    WriteTransaction second = begin(Isolation.SERIALIZABLE);
    first.reads().read(LEFT, ReadScope.TABLE);
    second.reads().read(RIGHT, ReadScope.TABLE);
    write(first, RIGHT);
    write(second, LEFT);
    first.commit();
    assertThatThrownBy(second::commit)
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE);
              assertThat(e.detail())
                  .contains(
                      "Serializable isolation violation on table - "
                          + RIGHT
                          + ", transactions forming the cycle are: 2, 1 (pid:7)");
            });
  }

  @Test
  void writeSkewPassesUnderSnapshot() {
    WriteTransaction first = begin(Isolation.SNAPSHOT);
    WriteTransaction second = begin(Isolation.SNAPSHOT);
    first.reads().read(LEFT, ReadScope.TABLE);
    second.reads().read(RIGHT, ReadScope.TABLE);
    write(first, RIGHT);
    write(second, LEFT);
    first.commit();
    assertThat(second.commit()).isPresent();
  }

  /// It has read what is old by now, but nobody has seen that it came first.
  @Test
  void staleReadPassesWhereASerialOrderIsLeft() {
    WriteTransaction reader = begin(Isolation.SERIALIZABLE);
    reader.reads().read(LEFT, ReadScope.TABLE);
    WriteTransaction writer = begin(Isolation.SERIALIZABLE);
    write(writer, LEFT);
    writer.commit();
    write(reader, RIGHT);
    assertThat(reader.commit()).isPresent();
  }

  @Test
  void readsOutsideOfWhatWasWrittenDoNotCount() {
    WriteTransaction first = begin(Isolation.SERIALIZABLE);
    WriteTransaction second = begin(Isolation.SERIALIZABLE);
    first.reads().read(LEFT, _ -> false);
    second.reads().read(RIGHT, ReadScope.TABLE);
    write(first, RIGHT);
    write(second, LEFT);
    first.commit();
    assertThat(second.commit()).isPresent();
  }

  /// Fekete, O'Neil, O'Neil: a reader sees the second of two that fit each other and not the first,
  /// though the first has not seen the second.
  @Test
  void readOnlyTransactionCanBeTheOneTooMany() {
    WriteTransaction early = begin(Isolation.SERIALIZABLE);
    early.reads().read(LEFT, ReadScope.TABLE);
    write(early, RIGHT);
    WriteTransaction late = begin(Isolation.SERIALIZABLE);
    write(late, LEFT);
    late.commit();
    WriteTransaction reader = begin(Isolation.SERIALIZABLE);
    reader.reads().read(LEFT, ReadScope.TABLE);
    reader.reads().read(RIGHT, ReadScope.TABLE);
    reader.commit();
    assertThatThrownBy(early::commit).isInstanceOf(SqlException.class);
  }

  private WriteTransaction begin(Isolation isolation) {
    return namespace.begin(isolation, new TransactionOwner(++lastTransaction, 7));
  }

  private static void write(WriteTransaction transaction, long table) {
    RowAppender appender = transaction.append(table, TestTable.SHAPE);
    TestTable.append(appender, 0, 3);
    appender.finish();
  }
}

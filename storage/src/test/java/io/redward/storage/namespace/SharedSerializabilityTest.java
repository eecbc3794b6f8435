package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.commit.CommitPolicy;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.Isolation;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.TransactionOwner;
import io.redward.storage.table.WriteTransaction;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// Serializable transactions of two processes, which do not know what the other one has read.
final class SharedSerializabilityTest {
  private static final long LEFT = TestTable.ID;
  private static final long RIGHT = TestTable.ID + 1;
  private static final StorageOptions OPTIONS =
      new StorageOptions(8 << 20, 1, 50, 1_000)
          .withCommits(CommitPolicy.sharedWithOthers().withStaleness(Duration.ZERO));

  private final InMemoryObjectStore store = new InMemoryObjectStore();
  private final LocalNamespace here = LocalNamespace.open(store, OPTIONS);
  private final LocalNamespace there = LocalNamespace.open(store, OPTIONS);

  @AfterEach
  void close() {
    here.close();
    there.close();
  }

  @Test
  void writeSkewIsRefused() {
    WriteTransaction first = begin(here);
    WriteTransaction second = begin(there);
    first.reads().read(LEFT, ReadScope.TABLE);
    second.reads().read(RIGHT, ReadScope.TABLE);
    write(first, RIGHT);
    write(second, LEFT);
    first.commit();
    assertThatThrownBy(second::commit)
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> assertThat(e.state()).isEqualTo(SqlState.SERIALIZATION_FAILURE));
  }

  @Test
  void rowsThatAnotherProcessHasWrittenElsewhereDoNotCount() {
    WriteTransaction outside = begin(here);
    outside.reads().read(LEFT, _ -> false);
    write(outside, RIGHT);
    WriteTransaction within = begin(here);
    within.reads().read(LEFT, _ -> true);
    write(within, RIGHT);
    TestTable.insert(there, 0, 5);
    assertThat(outside.commit()).isPresent();
    assertThatThrownBy(within::commit).isInstanceOf(SqlException.class);
  }

  @Test
  void aFoldOfAnotherProcessDoesNotCount() {
    for (int i = 0; i < 5; i++) {
      TestTable.insert(there, i, i + 1);
    }
    WriteTransaction transaction = begin(here);
    transaction.reads().read(LEFT, ReadScope.TABLE);
    write(transaction, RIGHT);
    new Folding(there, OPTIONS.withFoldRowsets(2), () -> {}).foldAll();
    assertThat(there.snapshot().table(LEFT).rowsets()).hasSize(1);
    assertThat(transaction.commit()).isPresent();
  }

  /// Fekete, O'Neil, O'Neil's reader, in a process of its own, passes: the one that could make it
  /// one too many is refused, whether the reader is there or not.
  @Test
  void aReaderPassesAndTheOneItWouldBeTooManyForIsRefused() {
    WriteTransaction early = begin(here);
    early.reads().read(LEFT, ReadScope.TABLE);
    write(early, RIGHT);
    WriteTransaction late = begin(there);
    write(late, LEFT);
    late.commit();
    WriteTransaction reader = begin(there);
    reader.reads().read(LEFT, ReadScope.TABLE);
    reader.reads().read(RIGHT, ReadScope.TABLE);
    assertThat(reader.commit()).isEmpty();
    assertThatThrownBy(early::commit).isInstanceOf(SqlException.class);
  }

  private static WriteTransaction begin(LocalNamespace namespace) {
    return namespace.begin(Isolation.SERIALIZABLE, new TransactionOwner(1, 7));
  }

  private static void write(WriteTransaction transaction, long table) {
    RowAppender appender = transaction.append(table, TestTable.SHAPE);
    TestTable.append(appender, 0, 3);
    appender.finish();
  }
}

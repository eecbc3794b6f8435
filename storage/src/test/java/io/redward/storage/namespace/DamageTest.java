package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.storage.table.Namespace;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.WriteTransaction;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Damaged files are found, named, and never read as data.
final class DamageTest {
  private static final StorageOptions OPTIONS = new StorageOptions(0, 1, 1_000, 1_000);

  /// Enough for an object of its own.
  private static final int ROWS = 12_000;

  @TempDir Path directory;

  @Test
  void everyFlippedByteOfACommitIsFoundAndNamed() throws IOException {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, 3);
    }
    Path commit = only("log");
    byte[] bytes = Files.readAllBytes(commit);
    for (int i = 0; i < bytes.length; i++) {
      write(commit, flipped(bytes, i));
      SqlException error =
          catchThrowableOfType(
              SqlException.class, () -> LocalNamespace.open(directory, OPTIONS).close());
      assertThat(error).as("byte %d", i).isNotNull();
      assertThat(error.state()).isEqualTo(SqlState.DATA_CORRUPTED);
      assertThat(error.message()).contains("log/00000000000000000001.commit");
    }
    write(commit, bytes);
    LocalNamespace.open(directory, OPTIONS).close();
  }

  @Test
  void flippedBytesOfARowsetAreFoundAndOtherTablesStayReadable() throws IOException {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, ROWS);
      WriteTransaction other = namespace.begin();
      RowAppender appender = other.append(8, TestTable.SHAPE);
      TestTable.append(appender, 0, 10);
      appender.finish();
      other.commit();
    }
    Path rowset = only("data/7");
    byte[] bytes = Files.readAllBytes(rowset);
    int step = Math.max(1, bytes.length / 300);
    for (int i = 4; i < bytes.length; i += step) {
      write(rowset, flipped(bytes, i));
      try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
        SqlException error =
            catchThrowableOfType(SqlException.class, () -> readBlocks(namespace.snapshot()));
        assertThat(error).as("byte %d", i).isNotNull();
        assertThat(error.state()).isEqualTo(SqlState.DATA_CORRUPTED);
        assertThat(error.message()).contains("data/7/1.rws");
        TableSnapshot other = namespace.snapshot().table(8);
        RowsetSnapshot readable = other.rowsets().getFirst();
        assertThat(readable.block(1, 0).rowCount()).isEqualTo(10);
      }
    }
  }

  @Test
  void aDamagedBlockIsNamedByColumnAndNumber() throws IOException {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, ROWS);
    }
    Path rowset = only("data/7");
    write(rowset, flipped(Files.readAllBytes(rowset), 40));
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      RowsetSnapshot read = namespace.snapshot().table(7).rowsets().getFirst();
      assertThatThrownBy(() -> read.block(1, 0)).hasMessageContaining("block 0 of column 1");
      assertThat(read.block(2, 0).rowCount()).isEqualTo(ROWS);
    }
  }

  @Test
  void aMissingOrCutRowsetIsNamed() throws IOException {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, ROWS);
    }
    Path rowset = only("data/7");
    byte[] bytes = Files.readAllBytes(rowset);
    write(rowset, Arrays.copyOf(bytes, bytes.length / 2));
    assertReadFails("data/7/1.rws");
    Files.delete(rowset);
    assertReadFails("data/7/1.rws");
  }

  @Test
  void aMissingCommitIsNamed() throws IOException {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      TestTable.insert(namespace, 0, 1);
      TestTable.insert(namespace, 1, 2);
    }
    Files.delete(directory.resolve("log/00000000000000000001.commit"));
    assertThatThrownBy(() -> LocalNamespace.open(directory, OPTIONS))
        .hasMessageContaining("log/00000000000000000001.commit\" is missing");
  }

  @Test
  void anOlderCheckpointServesIfTheNewestIsDamaged() throws IOException {
    try (LocalNamespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      for (int i = 0; i < 6; i++) {
        TestTable.insert(namespace, i, i + 1);
        if (i % 2 == 1) {
          namespace.maintain();
        }
      }
    }
    Path newest = directory.resolve("log/00000000000000000006.checkpoint");
    write(newest, flipped(Files.readAllBytes(newest), 30));
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      assertThat(TestTable.keys(namespace.snapshot())).isEqualTo(List.of(0, 1, 2, 3, 4, 5));
    }
  }

  @Test
  void halfWrittenTemporaryFilesAreRemoved() throws IOException {
    LocalNamespace.open(directory, OPTIONS).close();
    Path left = directory.resolve("tmp/17.tmp");
    Files.write(left, new byte[100]);
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      assertThat(left).doesNotExist();
      TestTable.insert(namespace, 0, 1);
    }
  }

  private static void readBlocks(Snapshot snapshot) {
    for (RowsetSnapshot rowset : snapshot.table(TestTable.ID).rowsets()) {
      TestTable.SHAPE.columns().forEach(column -> rowset.block(column.id(), 0));
    }
  }

  private void assertReadFails(String object) {
    try (Namespace namespace = LocalNamespace.open(directory, OPTIONS)) {
      assertThatThrownBy(() -> TestTable.read(namespace.snapshot()))
          .isInstanceOf(SqlException.class)
          .hasMessageContaining(object);
    }
  }

  private Path only(String folder) throws IOException {
    try (java.util.stream.Stream<Path> files = Files.list(directory.resolve(folder))) {
      return files.findFirst().orElseThrow();
    }
  }

  /// Replaces a file the way damage does: whatever is open stays open.
  private static void write(Path path, byte[] bytes) throws IOException {
    Files.write(path, bytes);
  }

  private static byte[] flipped(byte[] bytes, int index) {
    byte[] damaged = bytes.clone();
    damaged[index] ^= (byte) (1 << index % 8);
    return damaged;
  }
}

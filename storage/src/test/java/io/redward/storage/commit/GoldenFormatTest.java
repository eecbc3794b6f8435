package io.redward.storage.commit;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.SqlType;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.rowset.RowsetFile;
import io.redward.storage.rowset.RowsetReference;
import io.redward.storage.rowset.RowsetWriter;
import io.redward.storage.table.TableShape;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/// The formats as files, so that no change of the code makes data unreadable or
/// changes what is written unnoticed. Described in `docs/format`. `-Dredward.golden=write` writes
/// the files anew; a change of format comes with a new version and new files instead.
final class GoldenFormatTest {
  private static final Path FOLDER = Path.of("src/test/resources/golden");
  private static final int ROWS = 300;
  private static final long TIME = 1_790_000_000_000_000L;
  private static final long[] MOVES = {4L << 32, -1, 4L << 32 | 1, 4L << 32 | 9, -1, 3L << 32};
  private static final CommitFormat.Author AUTHOR = new CommitFormat.Author(1, 2, 3);

  /// No general codec, whose output is the library's affair.
  private static final TableShape SHAPE =
      new TableShape(
          List.of(
              new TableShape.Column(1, SqlType.INTEGER, "az64"),
              new TableShape.Column(2, SqlType.BIGINT, "auto"),
              new TableShape.Column(3, SqlType.DOUBLE, "auto"),
              new TableShape.Column(4, SqlType.decimal(38, 0), "raw"),
              new TableShape.Column(5, SqlType.varchar(20), "bytedict"),
              new TableShape.Column(6, SqlType.varchar(20), "raw"),
              new TableShape.Column(7, SqlType.DATE, "runlength")),
          List.of(1),
          false);

  @Test
  void rowsetsAreAsTheyWere() throws IOException {
    byte[] golden = golden("rowset-2.rws", rowset().inline());
    assertThat(rowset().inline()).isEqualTo(golden);
    checkRowset(golden);
  }

  @Test
  void rowsetsWithoutSamplesAreStillRead() throws IOException {
    checkRowset(Files.readAllBytes(FOLDER.resolve("rowset-1.rws")));
  }

  @Test
  void rowsetsOfTablesWithADistributionKeyAreAsTheyWere() throws IOException {
    TableShape shape = new TableShape(SHAPE.columns(), List.of(1), false, OptionalInt.of(5));
    byte[] golden = golden("rowset-3.rws", rowset(shape).inline());
    assertThat(rowset(shape).inline()).isEqualTo(golden);
    checkRowset(golden, shape);
  }

  private static void checkRowset(byte[] golden) {
    checkRowset(golden, SHAPE);
  }

  private static void checkRowset(byte[] golden, TableShape shape) {
    String text = new String(golden, StandardCharsets.ISO_8859_1);
    int footerBytes = golden.length - text.lastIndexOf("RWRF");
    RowsetFile file =
        new RowsetFile(
            new RowsetReference(9, 4, ROWS, golden.length, footerBytes, golden),
            new InMemoryObjectStore());
    assertThat(file.shape()).isEqualTo(shape);
    IntVector numbers = new IntVector(ROWS);
    file.readBlock(1, 0).decode(0, ROWS, numbers);
    BytesVector words = new BytesVector(ROWS);
    file.readBlock(5, 0).decode(0, ROWS, words);
    for (int row = 0; row < ROWS; row++) {
      assertThat(numbers.values[row]).isEqualTo(row * 3);
      assertThat(words.isNull(row)).isEqualTo(row % 10 == 0);
    }
    assertThat(words.copy(1)).isEqualTo("word 1".getBytes(StandardCharsets.UTF_8));
  }

  @Test
  void commitsAreAsTheyWere() throws IOException {
    byte[] golden = golden("commit-3.commit", commit());
    assertThat(commit()).isEqualTo(golden);
    assertThat(CommitFormat.committedMicros(golden)).isEqualTo(TIME);
    checkCommit(golden, TIME);
    assertThat(moves(golden).newRows()).containsExactly(MOVES);
    byte[] second = Files.readAllBytes(FOLDER.resolve("commit-2.commit"));
    checkCommit(second, TIME);
    assertThat(moves(second).isKnown()).isFalse();
    checkCommit(Files.readAllBytes(FOLDER.resolve("commit-1.commit")), 0);
  }

  private static RowMoves moves(byte[] commit) {
    Changes changes =
        CommitFormat.read(commit, new InMemoryObjectStore()).transactions().getFirst();
    return Objects.requireNonNull(changes.moves().get(new Changes.RowsetKey(9, 2)));
  }

  private static void checkCommit(byte[] golden, long time) {
    CommitFormat.Commit read = CommitFormat.read(golden, new InMemoryObjectStore());
    assertThat(read.committedMicros()).isEqualTo(time);
    assertThat(read.position()).isEqualTo(17);
    assertThat(read.author()).isEqualTo(AUTHOR);
    Changes changes = read.transactions().getFirst();
    assertThat(changes.puts()).containsOnlyKeys("catalog/1");
    assertThat(changes.removes()).containsExactly("catalog/2");
    assertThat(changes.truncations()).containsExactly(8L);
    assertThat(changes.replaced()).containsExactly(new Changes.RowsetKey(9, 2));
    assertThat(changes.added().getFirst().reference().rowCount()).isEqualTo(ROWS);
    assertThat(changes.deletes().get(new Changes.RowsetKey(9, 1))).containsExactly(5, 6, 500);
  }

  @Test
  void checkpointsAreAsTheyWere() throws IOException {
    byte[] golden = golden("checkpoint-2.checkpoint", checkpoint());
    assertThat(checkpoint()).isEqualTo(golden);
    checkCheckpoint(golden, TIME);
    checkCheckpoint(Files.readAllBytes(FOLDER.resolve("checkpoint-1.checkpoint")), 0);
  }

  private static void checkCheckpoint(byte[] golden, long time) {
    Superblock read = CheckpointFormat.read(golden, new InMemoryObjectStore());
    assertThat(read.version()).isEqualTo(18);
    assertThat(read.committedMicros()).isEqualTo(time);
    assertThat(read.maxRowsetId()).isEqualTo(4);
    assertThat(read.value("catalog/1")).contains(new byte[] {1, 2, 3});
    RowsetState rowset = read.table(9).orElseThrow().rowset(4).orElseThrow();
    assertThat(rowset.deletedCount()).isEqualTo(2);
    assertThat(rowset.isDeleted(7)).isTrue();
  }

  private static byte[] commit() {
    Changes changes = new Changes();
    changes.put("catalog/1", new byte[] {1, 2, 3});
    changes.remove("catalog/2");
    changes.truncate(8);
    changes.replace(new Changes.RowsetKey(9, 2), RowMoves.of(MOVES));
    changes.add(new RowsetFile(rowset(), new InMemoryObjectStore()));
    changes.delete(new Changes.RowsetKey(9, 1), new int[] {5, 6, 500});
    return CommitFormat.write(new CommitFormat.Commit(17, AUTHOR, TIME, List.of(changes)));
  }

  private static byte[] checkpoint() {
    Changes first = new Changes();
    first.put("catalog/1", new byte[] {1, 2, 3});
    first.add(new RowsetFile(rowset(), new InMemoryObjectStore()));
    Changes second = new Changes();
    second.delete(new Changes.RowsetKey(9, 4), new int[] {7, 200});
    return CheckpointFormat.write(
        Superblock.empty().apply(first, 17, 17).apply(second, 18, 18).committedAt(TIME));
  }

  private static RowsetReference rowset() {
    return rowset(SHAPE);
  }

  private static RowsetReference rowset(TableShape shape) {
    Vector[] vectors = new Vector[SHAPE.columns().size()];
    for (int i = 0; i < vectors.length; i++) {
      vectors[i] = Vector.of(SHAPE.columns().get(i).type().physical(), ROWS);
      for (int row = 0; row < ROWS; row++) {
        set(vectors[i], row);
      }
    }
    RowsetWriter writer = new RowsetWriter(shape);
    writer.writeBlocks(vectors, ROWS);
    return writer.seal(9, 4, new InMemoryObjectStore());
  }

  private static void set(Vector vector, int row) {
    switch (vector) {
      case IntVector ints -> ints.values[row] = row * 3;
      case LongVector longs -> longs.values[row] = row * 1_000_000_007L % 65_537;
      case DoubleVector doubles -> doubles.values[row] = row / 4.0 - 3;
      case Int128Vector wide -> {
        wide.high[row] = row % 2;
        wide.low[row] = -row;
      }
      case BytesVector bytes -> {
        byte[] word = ("word " + row % 7).getBytes(StandardCharsets.UTF_8);
        bytes.append(row, word, 0, word.length);
        if (row % 10 == 0) {
          bytes.setNull(row);
        }
      }
    }
  }

  private static byte[] golden(String name, byte[] written) throws IOException {
    Path path = FOLDER.resolve(name);
    if ("write".equals(System.getProperty("redward.golden"))) {
      Files.createDirectories(FOLDER);
      Files.write(path, written);
    }
    return Files.readAllBytes(path);
  }
}

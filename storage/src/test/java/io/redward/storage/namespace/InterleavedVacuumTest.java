package io.redward.storage.namespace;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.storage.objectstore.InMemoryObjectStore;
import io.redward.storage.table.Block;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.TableSnapshot;
import io.redward.storage.table.VacuumRequest;
import io.redward.storage.table.VacuumRun;
import io.redward.storage.table.ValueBounds;
import io.redward.storage.table.WriteTransaction;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/// VACUUM REINDEX orders all rowsets of a table with an interleaved key as one, so that zone maps
/// prune by any of its columns.
final class InterleavedVacuumTest {
  private static final long TABLE = 9;
  private static final int ROWSETS = 16;
  private static final int ROWS = 30_000;
  private static final TableShape SHAPE =
      new TableShape(
          List.of(
              new TableShape.Column(1, SqlType.INTEGER, "auto"),
              new TableShape.Column(2, SqlType.INTEGER, "auto")),
          List.of(1, 2),
          true);

  private final LocalNamespace namespace =
      LocalNamespace.open(
          new InMemoryObjectStore(), new StorageOptions(16L << 20, 1, 1_000, 1_000));

  @AfterEach
  void close() {
    namespace.close();
  }

  @Test
  void everyKeyPrunesOverAllRowsets() {
    long sum = fill();
    assertThat(blocks()).isEqualTo(ROWSETS);
    assertThat(touched(1)).isGreaterThan(ROWSETS - 1);
    assertThat(touched(2)).isGreaterThan(ROWSETS - 1);
    VacuumRun run = vacuum(true, Vacuum.WINDOW_ROWS);
    assertThat(run.stage()).isEqualTo(VacuumRun.Stage.COMPLETE);
    assertThat(checksum()).isEqualTo(sum);
    // Of 8 blocks a value of either column is looked for in about half at the most.
    assertThat(blocks()).isEqualTo(8);
    assertThat(touched(1)).isLessThanOrEqualTo(5);
    assertThat(touched(2)).isLessThanOrEqualTo(5);
  }

  @Test
  void aTableLargerThanAWindowIsOrderedAsOneToo() {
    long sum = fill();
    vacuum(true, 5 * ROWS);
    assertThat(checksum()).isEqualTo(sum);
    assertThat(touched(1)).isLessThan(blocks());
    assertThat(touched(2)).isLessThan(blocks());
    assertThat(touched(1) + touched(2)).isLessThanOrEqualTo(blocks() * 1.25);
  }

  @Test
  void aPlainVacuumReordersOnlyWhatIsSkewed() {
    long sum = fill();
    assertThat(Vacuum.isSkewed(table(), SHAPE)).isTrue();
    assertThat(vacuum(false, Vacuum.WINDOW_ROWS).stage()).isEqualTo(VacuumRun.Stage.COMPLETE);
    assertThat(Vacuum.isSkewed(table(), SHAPE)).isFalse();
    assertThat(vacuum(false, Vacuum.WINDOW_ROWS).stage()).isEqualTo(VacuumRun.Stage.SKIPPED);
    assertThat(checksum()).isEqualTo(sum);
  }

  @Test
  void aTransactionThatSawTheOldRowsetsDeletesTheSameRows() {
    long sum = fill();
    WriteTransaction early = namespace.begin();
    RowsetSnapshot first = early.view().table(TABLE).rowsets().getFirst();
    int[] rows = new int[100];
    long gone = 0;
    IntVector key = new IntVector(ROWS);
    IntVector other = new IntVector(ROWS);
    first.block(1, 0).decode(0, ROWS, key);
    first.block(2, 0).decode(0, ROWS, other);
    for (int i = 0; i < rows.length; i++) {
      rows[i] = i * 7;
      gone += mixed(key.values[i * 7], other.values[i * 7]);
    }
    early.delete(TABLE, first.rowsetId(), rows);
    vacuum(true, Vacuum.WINDOW_ROWS);
    early.commit();
    assertThat(checksum()).isEqualTo(sum - gone);
  }

  /// Rows of two columns of quite other distributions, in random order.
  private long fill() {
    Random random = new Random(4);
    for (int rowset = 0; rowset < ROWSETS; rowset++) {
      WriteTransaction transaction = namespace.begin();
      RowAppender appender = transaction.append(TABLE, SHAPE);
      for (int from = 0; from < ROWS; from += Batch.CAPACITY) {
        Batch batch = new Batch(List.of(Physical.INT, Physical.INT), Batch.CAPACITY);
        int count = Math.min(Batch.CAPACITY, ROWS - from);
        for (int i = 0; i < count; i++) {
          ((IntVector) batch.vectors[0]).values[i] = (int) (random.nextGaussian() * 1_000);
          ((IntVector) batch.vectors[1]).values[i] =
              (int) Math.exp(random.nextDouble() * 20) - random.nextInt(1_000);
        }
        batch.selectedCount = count;
        appender.append(batch);
      }
      appender.finish();
      transaction.commit();
    }
    return checksum();
  }

  private VacuumRun vacuum(boolean rewrite, long windowRows) {
    VacuumRequest request =
        new VacuumRequest(SHAPE, true, true, rewrite, 95, VacuumRequest.Cause.USER);
    VacuumRun.Measure before = Vacuum.measure(table(), SHAPE);
    VacuumRun run = new VacuumRun(1, TABLE, request, Instant.now(), before);
    boolean worked = new Vacuum(namespace, run, () -> {}, windowRows).run();
    run.end(
        worked ? VacuumRun.Stage.COMPLETE : VacuumRun.Stage.SKIPPED,
        Vacuum.measure(table(), SHAPE),
        Instant.now());
    return run;
  }

  private TableSnapshot table() {
    return namespace.snapshot().table(TABLE);
  }

  private long blocks() {
    return table().rowsets().stream().mapToLong(RowsetSnapshot::blockCount).sum();
  }

  /// The mean number of blocks whose zone map admits a value of the column that a row has.
  private double touched(int column) {
    List<BlockSummary> summaries =
        table().rowsets().stream()
            .flatMap(
                rowset ->
                    IntStream.range(0, rowset.blockCount())
                        .mapToObj(block -> rowset.summary(column, block)))
            .toList();
    IntVector values = new IntVector(RowsetSnapshot.BLOCK_ROWS);
    long touched = 0;
    long asked = 0;
    for (RowsetSnapshot rowset : table().rowsets()) {
      Block block = rowset.block(column, 0);
      block.decode(0, block.rowCount(), values);
      for (int row = 0; row < block.rowCount(); row += 499) {
        int value = values.values[row];
        asked++;
        touched +=
            summaries.stream()
                .map(summary -> (ValueBounds.Longs) summary.bounds().orElseThrow())
                .filter(bounds -> bounds.min() <= value && value <= bounds.max())
                .count();
      }
    }
    return (double) touched / asked;
  }

  private long checksum() {
    long sum = 0;
    IntVector key = new IntVector(RowsetSnapshot.BLOCK_ROWS);
    IntVector other = new IntVector(RowsetSnapshot.BLOCK_ROWS);
    for (RowsetSnapshot rowset : table().rowsets()) {
      for (int block = 0; block < rowset.blockCount(); block++) {
        int count = rowset.block(1, block).rowCount();
        rowset.block(1, block).decode(0, count, key);
        rowset.block(2, block).decode(0, count, other);
        for (int row = 0; row < count; row++) {
          if (!isDeleted(rowset, block * RowsetSnapshot.BLOCK_ROWS + row)) {
            sum += mixed(key.values[row], other.values[row]);
          }
        }
      }
    }
    return sum;
  }

  private static boolean isDeleted(RowsetSnapshot rowset, int row) {
    long[] words = rowset.deletedRows().orElse(new long[0]);
    return row >> 6 < words.length && (words[row >> 6] >>> row & 1) != 0;
  }

  private static long mixed(int key, int other) {
    return (key * 0x9E37_79B9_7F4A_7C15L ^ other * 0xC2B2_AE3D_27D4_EB4FL) >>> 8;
  }
}

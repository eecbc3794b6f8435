package io.redward.compute.step;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import io.redward.runtime.segment.Parallel;
import io.redward.storage.table.ReadScope;
import io.redward.storage.table.RowAppender;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableShape;
import io.redward.storage.table.WriteTransaction;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TableWriteSinkTest {
  private final Recorder recorder = new Recorder();
  private final TableShape shape =
      new TableShape(
          List.of(
              new TableShape.Column(3, SqlType.INTEGER, "auto"),
              new TableShape.Column(7, SqlType.INTEGER, "auto"),
              new TableShape.Column(8, SqlType.INTEGER, "auto")),
          List.of(),
          false);
  private final TableWriteSink.Target target =
      new TableWriteSink.Target(
          recorder, 5, shape, (_, count) -> new long[] {100 - count, 1}, Optional.empty());
  private final List<Field> declared =
      List.of(Field.of("b", SqlType.INTEGER, false), Field.of("a", SqlType.INTEGER, true));

  @Test
  void insertBringsColumnsIntoTheTablesOrderAndLeavesOthersNull() {
    TableWriteSink sink =
        TableWriteSink.insert(
            new SinkStep.Insert(5, "t", new int[] {7, 3}, declared, List.of(), false), target);
    BatchSink.Part part = sink.open();
    Batch batch = new Batch(List.of(Physical.INT, Physical.INT));
    put(batch, 0, 20, 10);
    put(batch, 1, 21, null);
    part.accept(batch);
    assertThat(sink.finish(Parallel.SEQUENTIAL)).isEqualTo(2);
    assertThat(recorder.rows)
        .containsExactly(Arrays.asList(10, 20, null), Arrays.asList(null, 21, null));
  }

  @Test
  void nullsInColumnsDeclaredNotNullAreRefused() {
    TableWriteSink sink =
        TableWriteSink.insert(
            new SinkStep.Insert(5, "t", new int[] {7, 3}, declared, List.of(), false), target);
    BatchSink.Part part = sink.open();
    Batch batch = new Batch(List.of(Physical.INT, Physical.INT));
    put(batch, 0, null, 10);
    assertThatThrownBy(() -> part.accept(batch))
        .isInstanceOfSatisfying(
            SqlException.class,
            e -> {
              assertThat(e.state()).isEqualTo(SqlState.NOT_NULL_VIOLATION);
              assertThat(e.message()).isEqualTo("Cannot insert a NULL value into column b");
            });
    sink.abort();
    assertThat(recorder.aborted).isTrue();
  }

  @Test
  void updateReplacesEachRowOnceByTheFirstNewVersion() {
    TableWriteSink sink =
        TableWriteSink.update(
            new SinkStep.Update(5, "t", 0, new int[] {7, 3}, declared, false), target, false);
    BatchSink.Part part = sink.open();
    Batch batch = new Batch(List.of(Physical.LONG, Physical.INT, Physical.INT));
    long[] ids = {3L << 32 | 100_000, 4, 3L << 32 | 100_000};
    for (int row = 0; row < 3; row++) {
      ((LongVector) batch.vectors[0]).values[row] = ids[row];
      ((IntVector) batch.vectors[1]).values[row] = row;
      ((IntVector) batch.vectors[2]).values[row] = 10 * row;
      batch.selectedCount++;
    }
    part.accept(batch);
    assertThat(recorder.deleted).isEmpty();
    assertThat(sink.finish(Parallel.SEQUENTIAL)).isEqualTo(2);
    assertThat(recorder.deleted).containsExactly(4L, 3L << 32 | 100_000);
    assertThat(recorder.rows)
        .containsExactly(Arrays.asList(0, 0, null), Arrays.asList(10, 1, null));
  }

  @Test
  void deleteCountsEachRowOnce() {
    TableWriteSink sink = TableWriteSink.delete(new SinkStep.Delete(5, "t", 0, false), target);
    BatchSink.Part part = sink.open();
    Batch batch = new Batch(List.of(Physical.LONG));
    for (int row = 0; row < 3_000; row++) {
      ((LongVector) batch.vectors[0]).values[row] = row / 2;
      batch.selectedCount++;
    }
    part.accept(batch);
    assertThat(sink.finish(Parallel.SEQUENTIAL)).isEqualTo(1_500);
    assertThat(recorder.deleted).hasSize(1_500).doesNotHaveDuplicates();
  }

  private static void put(Batch batch, int row, @Nullable Integer... cells) {
    for (int i = 0; i < cells.length; i++) {
      Integer cell = cells[i];
      if (cell == null) {
        batch.vectors[i].setNull(row);
      } else {
        ((IntVector) batch.vectors[i]).values[row] = cell;
      }
    }
    batch.selectedCount = row + 1;
  }

  /// A transaction that remembers what it is told.
  private static final class Recorder implements WriteTransaction, RowAppender {
    private final List<List<@Nullable Integer>> rows = new ArrayList<>();
    private final List<Long> deleted = new ArrayList<>();
    private boolean aborted;

    @Override
    public Snapshot view() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void putEntry(String key, byte[] value) {}

    @Override
    public void removeEntry(String key) {}

    @Override
    public void guard(long tableId, ReadScope scope) {}

    @Override
    public void requireUnchanged(String key) {}

    @Override
    public RowAppender append(long tableId, TableShape shape) {
      return this;
    }

    @Override
    public void delete(long tableId, int rowsetId, int[] rows) {
      for (int row : rows) {
        deleted.add((long) rowsetId << 32 | row);
      }
    }

    @Override
    public void truncate(long tableId) {}

    @Override
    public void share(long tableId, Snapshot source, long sourceTable) {
      throw new UnsupportedOperationException("no snapshots here");
    }

    @Override
    public boolean move(long tableId, long sourceTable) {
      throw new UnsupportedOperationException("no snapshots here");
    }

    @Override
    public void restore(Snapshot source, Predicate<String> kept) {
      throw new UnsupportedOperationException("no snapshots here");
    }

    @Override
    public boolean hasChanges() {
      return true;
    }

    @Override
    public OptionalLong commit() {
      return OptionalLong.empty();
    }

    @Override
    public void rollback() {}

    @Override
    public void append(Batch batch) {
      for (int i = 0; i < batch.selectedCount; i++) {
        int row = batch.row(i);
        List<@Nullable Integer> cells = new ArrayList<>();
        for (Vector vector : batch.vectors) {
          cells.add(vector.isNull(row) ? null : ((IntVector) vector).values[row]);
        }
        rows.add(cells);
      }
    }

    @Override
    public long finish() {
      return rows.size();
    }

    @Override
    public void abort() {
      aborted = true;
    }
  }
}

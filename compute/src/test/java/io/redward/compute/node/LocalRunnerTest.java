package io.redward.compute.node;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.compute.scan.FakeTable;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BatchConsumer;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.run.ExecutionResult;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.Stream;
import io.redward.spi.StatementAccess;
import io.redward.spi.SystemTables;
import io.redward.storage.table.ReadRecorder;
import io.redward.storage.table.RowsetSnapshot;
import io.redward.storage.table.Snapshot;
import io.redward.storage.table.TableSnapshot;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.LongConsumer;
import java.util.stream.LongStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LocalRunnerTest {
  private static final int ROWS = 5 * RowsetSnapshot.BLOCK_ROWS + 100;
  private static final List<Field> ROW = List.of(Field.of("n", SqlType.BIGINT, false));
  private static final Path TEMPORARY = Path.of("target", "spill");
  private static final NodeOptions OPTIONS = new NodeOptions(3, 64 << 20, TEMPORARY);

  private final CancelToken cancel = new CancelToken();

  @Test
  void aScanReturnsEveryRowOnceByAnyNumberOfWorkers() {
    List<Long> rows = new ArrayList<>();
    ExecutionResult result = run(table(ROWS), OPTIONS, returning(OptionalLong.empty(), 0), rows);
    assertThat(rows).hasSize(ROWS).doesNotHaveDuplicates();
    assertThat(result.rows()).isEqualTo(ROWS);
    assertThat(result.profiles().getFirst().sourceRows()).isEqualTo(ROWS);
    assertThat(result.profiles().getFirst().sinkRows()).isEqualTo(ROWS);
  }

  @Test
  void limitEndsTheScanEarly() {
    List<Long> rows = new ArrayList<>();
    FakeTable table = table(ROWS);
    run(table, OPTIONS, returning(OptionalLong.of(10), 5), rows);
    assertThat(rows).hasSize(10);
    assertThat(table.blocksRead.get()).isLessThan(5);
  }

  @Test
  void sortsComeBackInOrderWithOffsetAndLimit() {
    for (OptionalLong limit : List.of(OptionalLong.empty(), OptionalLong.of(1_000))) {
      List<Long> rows = new ArrayList<>();
      run(table(ROWS), OPTIONS, sorted(limit, 7), rows);
      long count = limit.orElse(ROWS - 7);
      assertThat(rows)
          .isEqualTo(LongStream.range(0, count).map(i -> ROWS - 8 - i).boxed().toList());
    }
  }

  @Test
  void aSortWithALimitTellsItsScanWhichBlocksAreOfNoUse() {
    int rows = 40 * RowsetSnapshot.BLOCK_ROWS;
    @Nullable Object[] ascending = LongStream.range(0, rows).map(i -> -i).boxed().toArray();
    FakeTable table =
        new FakeTable(List.of(Physical.LONG), List.<@Nullable Object[]>of(ascending), false);
    List<Long> found = new ArrayList<>();
    ExecutionResult result = run(table, OPTIONS, sorted(OptionalLong.of(2), 0), found);
    assertThat(found).containsExactly(0L, -1L);
    assertThat(result.profiles().getFirst().sourceRows())
        .isLessThan(10 * RowsetSnapshot.BLOCK_ROWS);
  }

  @Test
  void theFirstErrorOfAWorkerEndsTheStatement() {
    SqlException error = new SqlException(SqlState.DIVISION_BY_ZERO, "Divide by zero");
    AtomicInteger seen = new AtomicInteger();
    LongConsumer watcher =
        value -> {
          if (seen.incrementAndGet() == 100_000) {
            throw error;
          }
        };
    assertThatThrownBy(
            () -> run(table(ROWS), watcher, OPTIONS, returning(OptionalLong.empty(), 0), _ -> {}))
        .isSameAs(error);
  }

  @Test
  void aCallerOnAVirtualThreadLeavesTheWorkToOthers() throws InterruptedException {
    Set<Boolean> virtual = ConcurrentHashMap.newKeySet();
    List<Long> returned = new ArrayList<>();
    Thread caller =
        Thread.ofVirtual()
            .start(
                () -> {
                  ExecutionResult result =
                      run(
                          table(ROWS),
                          _ -> virtual.add(Thread.currentThread().isVirtual()),
                          OPTIONS,
                          returning(OptionalLong.empty(), 0),
                          _ -> {});
                  returned.add(result.rows());
                });
    caller.join();
    assertThat(returned).containsExactly((long) ROWS);
    assertThat(virtual).containsExactly(false);
  }

  @Test
  void cancellationStopsAllWorkers() {
    SqlException reason = new SqlException(SqlState.QUERY_CANCELED, "canceled");
    AtomicInteger seen = new AtomicInteger();
    LongConsumer watcher =
        value -> {
          if (seen.incrementAndGet() == 10_000) {
            cancel.cancel(reason);
          }
        };
    assertThatThrownBy(
            () -> run(table(ROWS), watcher, OPTIONS, returning(OptionalLong.empty(), 0), _ -> {}))
        .isSameAs(reason);
    assertThat(seen.get()).isLessThan(10_000 + 4 * Batch.CAPACITY);
  }

  @Test
  void aClientThatFailsEndsTheStatement() {
    SqlException gone = new SqlException(SqlState.CONNECTION_FAILURE, "client has gone");
    assertThatThrownBy(
            () ->
                run(
                    table(ROWS),
                    _ -> {},
                    OPTIONS,
                    returning(OptionalLong.empty(), 0),
                    _ -> {
                      throw gone;
                    }))
        .isSameAs(gone);
  }

  @Test
  void sortsThatOutgrowTheMemoryGoOnOnDiskAndTopRowsNeedNot() {
    NodeOptions tight = new NodeOptions(2, 1 << 20, TEMPORARY);
    List<Long> all = new ArrayList<>();
    ExecutionResult result = run(table(ROWS), tight, sorted(OptionalLong.empty(), 0), all);
    assertThat(result.profiles().getFirst().spilledBytes()).isPositive();
    assertThat(all).hasSize(ROWS).isSortedAccordingTo(Comparator.reverseOrder());
    List<Long> rows = new ArrayList<>();
    ExecutionResult top = run(table(ROWS), tight, sorted(OptionalLong.of(3), 0), rows);
    assertThat(rows).containsExactly(ROWS - 1L, ROWS - 2L, ROWS - 3L);
    assertThat(top.profiles().getFirst().spilledBytes()).isZero();
  }

  private ExecutionResult run(
      FakeTable table, NodeOptions options, PhysicalPlan plan, List<Long> rows) {
    return run(
        table,
        _ -> {},
        options,
        plan,
        batch -> {
          for (int i = 0; i < batch.selectedCount; i++) {
            rows.add(((LongVector) batch.vectors[0]).values[batch.row(i)]);
          }
        });
  }

  private ExecutionResult run(
      FakeTable table,
      LongConsumer watcher,
      NodeOptions options,
      PhysicalPlan plan,
      BatchConsumer rows) {
    try (LocalRunner runner =
        new LocalRunner(
            new LongsCompiler(watcher),
            (expression, _) -> {
              throw new IllegalStateException("not a constant: " + expression);
            },
            options)) {
      StatementAccess access =
          new StatementAccess(
              new OneTable(table.table()),
              ReadRecorder.NONE,
              Optional.empty(),
              _ -> {
                throw new IllegalStateException("nothing is written");
              },
              (_, _) -> {
                throw new IllegalStateException("nothing is written");
              },
              false,
              SystemTables.NONE,
              OptionalLong.empty());
      return runner.run(plan, List.of(), access, cancel, rows);
    }
  }

  private static FakeTable table(int rows) {
    @Nullable Object[] cells = LongStream.range(0, rows).boxed().toArray();
    Random random = new Random(1);
    for (int i = rows - 1; i > 0; i--) {
      int other = random.nextInt(i + 1);
      Object cell = cells[i];
      cells[i] = cells[other];
      cells[other] = cell;
    }
    return new FakeTable(List.of(Physical.LONG), List.<@Nullable Object[]>of(cells), false);
  }

  private static SourceStep scan() {
    return new SourceStep.TableScan(1, "t", new int[] {0}, ROW, List.of(), List.of(), false);
  }

  private static PhysicalPlan returning(OptionalLong limit, long offset) {
    Segment segment =
        new Segment(0, scan(), List.of(), new SinkStep.Return(ROW, limit, offset), "");
    return new PhysicalPlan(List.of(new Stream(0, List.of(segment))), ROW, 0);
  }

  private static PhysicalPlan sorted(OptionalLong limit, long offset) {
    SinkStep sort =
        new SinkStep.Sort(0, List.of(new SinkStep.SortKey(0, true, false)), limit, offset, ROW);
    Segment first = new Segment(0, scan(), List.of(), sort, "");
    Segment second =
        new Segment(
            1,
            new SourceStep.BufferScan(0, ROW, true),
            List.of(),
            new SinkStep.Return(ROW, OptionalLong.empty(), 0),
            "");
    return new PhysicalPlan(
        List.of(new Stream(0, List.of(first)), new Stream(1, List.of(second))), ROW, 0);
  }

  private record OneTable(TableSnapshot only) implements Snapshot {
    @Override
    public long version() {
      return 1;
    }

    @Override
    public long entryVersion() {
      return 1;
    }

    @Override
    public Optional<byte[]> entry(String key) {
      return Optional.empty();
    }

    @Override
    public SortedMap<String, byte[]> entries(String prefix) {
      return new TreeMap<>();
    }

    @Override
    public TableSnapshot table(long tableId) {
      return only;
    }
  }
}

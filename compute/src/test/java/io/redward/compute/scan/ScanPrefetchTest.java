package io.redward.compute.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.compute.step.BatchReader;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Comparison.Operator;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep.ScanPredicate;
import io.redward.plan.step.SourceStep.TableScan;
import io.redward.storage.table.RowsetSnapshot;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ScanPrefetchTest {
  private static final int BLOCKS = 30;

  private final CancelToken cancel = new CancelToken();

  @Test
  void everyBlockOfAWholeScanIsAskedForOnceAndEightUnitsAhead() {
    FakeTable table = table(BLOCKS);
    BatchReader reader = source(table, List.of()).open();
    assertThat(reader.next()).isTrue();
    assertThat(table.prefetched).hasSize(2 * 9).contains("0/8", "1/8").doesNotContain("0/9");
    while (reader.next()) {
      assertThat(table.prefetched).doesNotHaveDuplicates();
    }
    assertThat(table.prefetched).hasSize(2 * BLOCKS);
  }

  @Test
  void aColumnThatFilteredRowsDoNotNeedIsNotReadAhead() {
    FakeTable table = table(BLOCKS);
    // Zone maps cannot tell: every block has 0 and 2.
    BatchReader reader =
        source(
                table,
                List.of(
                    new ScanPredicate.Compare(
                        0, Operator.EQUAL, new Literal(SqlType.INTEGER, new Constant.IntValue(1)))))
            .open();
    assertThat(reader.next()).isFalse();
    assertThat(table.prefetched).hasSize(BLOCKS).allMatch(place -> place.startsWith("0/"));
  }

  @Test
  void nothingIsReadAheadForACancelledQuery() {
    FakeTable table = table(BLOCKS);
    BatchReader reader = source(table, List.of()).open();
    cancel.cancel(new SqlException(SqlState.QUERY_CANCELED, "cancelled"));
    assertThat(reader.next()).isTrue();
    assertThat(table.prefetched).isEmpty();
  }

  private TableScanSource source(FakeTable table, List<ScanPredicate> predicates) {
    TableScan scan =
        new TableScan(
            1,
            "t",
            new int[] {0, 1},
            List.of(Field.of("a", SqlType.INTEGER, false), Field.of("b", SqlType.INTEGER, false)),
            predicates,
            List.of(),
            false);
    return new TableScanSource(scan, table.table(), List.of(), ScanHints.none(2), cancel);
  }

  private static FakeTable table(int blocks) {
    Object[] cells =
        IntStream.range(0, blocks * RowsetSnapshot.BLOCK_ROWS)
            .mapToObj(row -> row % 2 * 2)
            .toArray();
    return new FakeTable(
        List.of(Physical.INT, Physical.INT), List.<@Nullable Object[]>of(cells, cells), false);
  }
}

package io.redward.compute.scan;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.compute.step.BatchReader;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.MemoryBudget;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Comparison.Operator;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Parameter;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep.ScanPredicate;
import io.redward.plan.step.SourceStep.TableScan;
import io.redward.runtime.join.JoinPart;
import io.redward.runtime.join.JoinTable;
import io.redward.runtime.segment.Parallel;
import io.redward.storage.table.RowsetSnapshot;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TableScanTest {
  private static final int ROWS = 10_000;

  @ParameterizedTest
  @EnumSource(Operator.class)
  void everyComparisonOfEveryFormFindsTheRowsAPlainLoopFinds(Operator operator) {
    for (Physical form : Physical.values()) {
      Random random = new Random(form.ordinal());
      @Nullable Object[] cells = new Object[ROWS];
      for (int row = 0; row < ROWS; row++) {
        cells[row] = random.nextInt(9) == 0 ? null : cell(form, random.nextInt(12));
      }
      Object constant = cell(form, 6);
      List<Object> expected =
          Arrays.stream(cells)
              .filter(Objects::nonNull)
              .map(c -> (Object) c)
              .filter(c -> holds(operator, order(c, constant)))
              .toList();
      for (boolean dictionaries : new boolean[] {false, true}) {
        FakeTable table =
            new FakeTable(List.of(form), List.<@Nullable Object[]>of(cells), dictionaries);
        List<Object> found =
            scan(table, form, List.of(compare(operator, form, constant))).stream()
                .map(r -> Objects.requireNonNull(r.getFirst()))
                .toList();
        assertThat(found).as("%s %s", form, operator).isEqualTo(expected);
      }
    }
  }

  @Test
  void dictionaryBlocksWithoutNullsAreFilteredByCode() {
    Object[] cells = IntStream.range(0, ROWS).mapToObj(i -> "name " + i % 7).toArray();
    FakeTable table =
        new FakeTable(List.of(Physical.BYTES), List.<@Nullable Object[]>of(cells), true);
    assertThat(
            scan(
                table,
                Physical.BYTES,
                List.of(
                    new ScanPredicate.In(
                        0, List.of(Constant.of("name 2  "), Constant.of("name 5"))))))
        .hasSize((int) IntStream.range(0, ROWS).filter(i -> i % 7 == 2 || i % 7 == 5).count())
        .allMatch(row -> List.of("name 2", "name 5").contains(row.getFirst()));
  }

  @Test
  void patternsAreTestedWhileDecoding() {
    @Nullable Object[] cells =
        IntStream.range(0, ROWS).mapToObj(i -> i % 5 == 0 ? null : "name " + i % 7).toArray();
    for (boolean dictionaries : new boolean[] {false, true}) {
      FakeTable table =
          new FakeTable(List.of(Physical.BYTES), List.<@Nullable Object[]>of(cells), dictionaries);
      Literal pattern = new Literal(SqlType.varchar(8), Constant.of("n%_3"));
      for (boolean wanted : new boolean[] {true, false}) {
        assertThat(
                scan(
                    table,
                    Physical.BYTES,
                    List.of(new ScanPredicate.Matches(0, pattern, '\\', wanted))))
            .hasSize(
                (int)
                    IntStream.range(0, ROWS)
                        .filter(i -> i % 5 != 0 && (i % 7 == 3) == wanted)
                        .count())
            .allMatch(row -> "name 3".equals(row.getFirst()) == wanted);
      }
    }
  }

  @Test
  void zoneMapsRuleOutBlocksThatHoldNoRow() {
    int rows = 4 * RowsetSnapshot.BLOCK_ROWS;
    Object[] cells = IntStream.range(0, rows).boxed().toArray();
    FakeTable table =
        new FakeTable(List.of(Physical.INT), List.<@Nullable Object[]>of(cells), false);
    List<ScanPredicate> range =
        List.of(
            compare(Operator.GREATER_OR_EQUAL, Physical.INT, 70_000),
            compare(Operator.LESS, Physical.INT, 70_010));
    assertThat(scan(table, Physical.INT, range))
        .isEqualTo(IntStream.range(70_000, 70_010).mapToObj(i -> List.<Object>of(i)).toList());
    // One block of the four: once to see whether a part of it would do, then by its quarters.
    assertThat(table.blocksRead).hasValue(5);
  }

  @Test
  void boundsOfJoinKeysRuleOutBlocks() {
    int rows = 4 * RowsetSnapshot.BLOCK_ROWS;
    Object[] cells = IntStream.range(0, rows).boxed().toArray();
    FakeTable table =
        new FakeTable(List.of(Physical.INT), List.<@Nullable Object[]>of(cells), false);
    TableScanSource source =
        new TableScanSource(
            scanOf(Physical.INT, List.of(), false),
            table.table(),
            List.of(),
            new ScanHints(new boolean[] {true}, List.of(keys(140_001)), Optional.empty()),
            new CancelToken());
    assertThat(source.workUnits()).isEqualTo(4);
    assertThat(rows(source)).isEqualTo(List.of(List.of(140_001)));
  }

  @Test
  void ofSeveralJoinFiltersTheOneThatLeavesFewestRowsIsAskedFirst() {
    Object[] many = IntStream.range(0, 3000).map(i -> i % 4).boxed().toArray();
    Object[] few = IntStream.range(0, 3000).map(i -> i % 2 * 2).boxed().toArray();
    FakeTable table =
        new FakeTable(
            List.of(Physical.INT, Physical.INT), List.<@Nullable Object[]>of(many, few), false);
    TableScan scan =
        new TableScan(
            1,
            "t",
            new int[] {0, 1},
            List.of(Field.of("a", SqlType.INTEGER, false), Field.of("b", SqlType.INTEGER, false)),
            List.of(),
            List.of(),
            false);
    // Bounds cannot tell that no row has 1 in b; that a has few other values shows at once.
    List<KeyFilter> filters = List.of(keys(0, 1, 2), new KeyFilter(1, keys(1, 100_000).keys()));
    TableScanSource source =
        new TableScanSource(
            scan,
            table.table(),
            List.of(),
            new ScanHints(new boolean[] {true, true}, filters, Optional.empty()),
            new CancelToken());
    assertThat(rows(source)).isEmpty();
    assertThat(table.blocksRead).hasValue(1);
  }

  /// The filter of a join table that has these keys.
  private static KeyFilter keys(int... values) {
    JoinTable table =
        JoinTable.of(
            new SinkStep.Build(
                0,
                List.of(Field.of("k", SqlType.INTEGER, false).at(0)),
                List.of(false),
                List.of(),
                List.of(),
                false,
                false),
            new MemoryBudget(1 << 20));
    JoinPart part = table.newPart();
    for (int value : values) {
      int row = part.rows.next();
      part.rows.page[row + table.layout().key(0).word()] = value;
    }
    table.seal(List.of(part), Parallel.SEQUENTIAL);
    return new KeyFilter(0, table.filter(0).orElseThrow());
  }

  @Test
  void deletedRowsDoNotComeOutAndOthersKeepTheirIds() {
    Object[] cells = IntStream.range(0, 200).boxed().toArray();
    FakeTable table =
        new FakeTable(
            List.of(Physical.INT), List.<@Nullable Object[]>of(cells), false, 0, 63, 64, 199);
    TableScanSource source =
        new TableScanSource(
            scanOf(Physical.INT, List.of(), true),
            table.table(),
            List.of(),
            ScanHints.none(2),
            new CancelToken());
    assertThat(rows(source))
        .hasSize(196)
        .allMatch(row -> ((Long) row.get(1)) == (7L << 32 | (Integer) row.get(0)))
        .noneMatch(row -> List.of(0, 63, 64, 199).contains(row.get(0)));
  }

  @Test
  void columnsYoungerThanTheRowsetAreNull() {
    Object[] cells = {1, 2, 3};
    FakeTable table =
        new FakeTable(List.of(Physical.INT), List.<@Nullable Object[]>of(cells), false);
    TableScan scan =
        new TableScan(
            1,
            "t",
            new int[] {0, 5},
            List.of(Field.of("a", SqlType.INTEGER, false), Field.of("b", SqlType.BIGINT, true)),
            List.of(new ScanPredicate.NullTest(1, true)),
            List.of(),
            false);
    TableScanSource source =
        new TableScanSource(scan, table.table(), List.of(), ScanHints.none(2), new CancelToken());
    assertThat(rows(source))
        .isEqualTo(List.of(Arrays.asList(1, null), Arrays.asList(2, null), Arrays.asList(3, null)));
  }

  @Test
  void parametersAreTakenFromTheExecution() {
    Object[] cells = {1L, 2L, 3L};
    FakeTable table =
        new FakeTable(List.of(Physical.LONG), List.<@Nullable Object[]>of(cells), false);
    TableScanSource source =
        new TableScanSource(
            scanOf(
                Physical.LONG,
                List.of(
                    new ScanPredicate.Compare(
                        0, Operator.EQUAL, new Parameter(1, SqlType.BIGINT, true))),
                false),
            table.table(),
            List.of(Constant.NULL, new Constant.LongValue(2)),
            ScanHints.none(1),
            new CancelToken());
    assertThat(rows(source)).isEqualTo(List.of(List.of(2L)));
  }

  private static ScanPredicate compare(Operator operator, Physical form, Object value) {
    return new ScanPredicate.Compare(0, operator, new Literal(type(form), constant(value)));
  }

  private static Constant constant(Object value) {
    return switch (value) {
      case Integer v -> new Constant.IntValue(v);
      case Long v -> new Constant.LongValue(v);
      case Double v -> new Constant.DoubleValue(v);
      case Int128 v -> new Constant.Int128Value(v);
      default -> Constant.of((String) value);
    };
  }

  private static Object cell(Physical form, int i) {
    return switch (form) {
      case INT -> i;
      case LONG -> (long) i << 40;
      case DOUBLE -> i == 11 ? Double.NaN : i == 10 ? -0.0 : i - 6.0;
      case INT128 -> new Int128(i - 6, -i);
      case BYTES -> i == 9 ? "v006   " : i == 10 ? "" : "v00%d".formatted(i);
    };
  }

  private static int order(Object left, Object right) {
    return switch (left) {
      case Integer v -> v.compareTo((Integer) right);
      case Long v -> v.compareTo((Long) right);
      case Double v -> Double.compare(v == 0 ? 0 : v, (Double) right);
      case Int128 v -> v.compareTo((Int128) right);
      default -> ((String) left).stripTrailing().compareTo((String) right);
    };
  }

  private static boolean holds(Operator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  private static SqlType type(Physical form) {
    return switch (form) {
      case INT -> SqlType.INTEGER;
      case LONG -> SqlType.BIGINT;
      case DOUBLE -> SqlType.DOUBLE;
      case INT128 -> SqlType.decimal(38, 0);
      case BYTES -> SqlType.varchar(20);
    };
  }

  private static TableScan scanOf(Physical form, List<ScanPredicate> predicates, boolean rowIds) {
    List<Field> fields = new ArrayList<>();
    fields.add(Field.of("c", type(form), true));
    if (rowIds) {
      fields.add(Field.of("id", SqlType.BIGINT, false));
    }
    return new TableScan(1, "t", new int[] {0}, fields, predicates, List.of(), rowIds);
  }

  private static List<List<@Nullable Object>> scan(
      FakeTable table, Physical form, List<ScanPredicate> predicates) {
    return rows(
        new TableScanSource(
            scanOf(form, predicates, false),
            table.table(),
            List.of(),
            ScanHints.none(1),
            new CancelToken()));
  }

  private static List<List<@Nullable Object>> rows(TableScanSource source) {
    List<List<@Nullable Object>> rows = new ArrayList<>();
    BatchReader reader = source.open();
    while (reader.next()) {
      Batch batch = reader.batch();
      for (int i = 0; i < batch.selectedCount; i++) {
        List<@Nullable Object> row = new ArrayList<>();
        for (Vector vector : batch.vectors) {
          row.add(value(vector, batch.row(i)));
        }
        rows.add(row);
      }
    }
    return rows;
  }

  private static @Nullable Object value(Vector vector, int row) {
    if (vector.isNull(row)) {
      return null;
    }
    return switch (vector) {
      case IntVector ints -> ints.values[row];
      case LongVector longs -> longs.values[row];
      case DoubleVector doubles -> doubles.values[row];
      case Int128Vector wide -> new Int128(wide.high[row], wide.low[row]);
      case BytesVector bytes -> new String(bytes.copy(row), StandardCharsets.UTF_8);
    };
  }
}

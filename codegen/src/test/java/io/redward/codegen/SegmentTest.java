package io.redward.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.Field;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SinkStep.AggregateCall;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.plan.step.SourceStep;
import io.redward.plan.step.TransformStep;
import io.redward.plan.step.TransformStep.JoinKind;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

final class SegmentTest {
  private static final Field KEY = Field.of("key", SqlType.INTEGER, true);
  private static final Field ID = Field.of("id", SqlType.BIGINT, false);
  private static final Field NAME = Field.of("name", SqlType.varchar(20), true);

  static List<@Nullable Object> row(@Nullable Object... values) {
    List<@Nullable Object> row = new ArrayList<>();
    Collections.addAll(row, values);
    return row;
  }

  static FieldRef ref(List<Field> fields, int index) {
    return fields.get(index).at(index);
  }

  static SinkStep.Return toClient(List<Field> fields) {
    return new SinkStep.Return(fields, OptionalLong.empty(), 0);
  }

  static Literal literal(int value) {
    return new Literal(SqlType.INTEGER, new Constant.IntValue(value));
  }

  static List<Field> nullable(List<Field> fields) {
    return fields.stream().map(f -> new Field(f.name(), f.type(), f.physical(), true)).toList();
  }

  static List<Field> plus(List<Field> left, List<Field> right) {
    List<Field> all = new ArrayList<>(left);
    all.addAll(right);
    return all;
  }

  @Test
  void filtersAndProjectsRowsOfDenseAndSelectedBatches() {
    List<Field> fields = List.of(KEY, ID, NAME);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 23; i++) {
      rows.add(row(i % 4 == 0 ? null : i, (long) i, i % 5 == 0 ? null : "name " + i));
    }
    Expression condition = new Comparison(Comparison.Operator.GREATER, ref(fields, 0), literal(9));
    Expression doubled =
        new Arithmetic(
            Arithmetic.Operator.ADD, ref(fields, 0), ref(fields, 0), SqlType.INTEGER, Physical.INT);
    List<Field> out = List.of(Field.of("sum", SqlType.INTEGER, true), NAME, ID);
    Segment segment =
        new Segment(
            0,
            PlanRig.scan("t", fields),
            List.of(
                new TransformStep.Filter(condition, fields),
                new TransformStep.Project(List.of(doubled, ref(fields, 2), ref(fields, 1)), out)),
            toClient(out),
            "");
    List<List<@Nullable Object>> expected = new ArrayList<>();
    for (int i = 10; i < 23; i++) {
      if (i % 4 != 0) {
        expected.add(row(2 * i, i % 5 == 0 ? null : "name " + i, (long) i));
      }
    }
    PlanRig rig = new PlanRig().table("t", rows);
    assertThat(rig.run(segment)).isEqualTo(expected);
    assertThat(rig.compiled().getFirst().code().get()).contains("void process(Batch batch)");
  }

  private static SinkStep.Build build(List<Field> fields, boolean nullSafe, boolean marks) {
    return new SinkStep.Build(
        1,
        List.of(ref(fields, 0)),
        List.of(nullSafe),
        List.of(ref(fields, 1), ref(fields, 0)),
        List.of(fields.get(1), fields.get(0)),
        marks,
        marks);
  }

  /// Joins left (key, id) with right (key, name) by nested loops over lists.
  private static List<List<@Nullable Object>> expectedJoin(
      JoinKind kind, List<List<@Nullable Object>> left, List<List<@Nullable Object>> right) {
    List<List<@Nullable Object>> result = new ArrayList<>();
    boolean nullBuild = right.stream().anyMatch(r -> r.getFirst() == null);
    for (List<@Nullable Object> probe : left) {
      List<List<@Nullable Object>> matches =
          right.stream()
              .filter(r -> r.getFirst() != null && r.getFirst().equals(probe.getFirst()))
              .toList();
      switch (kind) {
        case INNER, RIGHT -> {
          for (List<@Nullable Object> match : matches) {
            result.add(joined(probe, match));
          }
        }
        case LEFT, FULL -> {
          for (List<@Nullable Object> match : matches) {
            result.add(joined(probe, match));
          }
          if (matches.isEmpty()) {
            result.add(row(probe.get(0), probe.get(1), null, null));
          }
        }
        case SEMI -> {
          if (!matches.isEmpty()) {
            result.add(probe);
          }
        }
        case ANTI -> {
          if (matches.isEmpty()) {
            result.add(probe);
          }
        }
        case NULL_AWARE_ANTI -> {
          if (right.isEmpty() || !nullBuild && probe.getFirst() != null && matches.isEmpty()) {
            result.add(probe);
          }
        }
        case MARK -> {}
      }
    }
    return result;
  }

  private static List<@Nullable Object> joined(
      List<@Nullable Object> probe, List<@Nullable Object> build) {
    return row(probe.get(0), probe.get(1), build.get(1), build.get(0));
  }

  @ParameterizedTest
  @EnumSource(JoinKind.class)
  void joinsOnDenseIntegerKeysAsNestedLoopsDo(JoinKind kind) {
    checkJoin(kind, List.of(KEY, ID), 1);
  }

  @ParameterizedTest
  @EnumSource(JoinKind.class)
  void joinsOnSparseIntegerKeysAsNestedLoopsDo(JoinKind kind) {
    checkJoin(kind, List.of(KEY, ID), 99_999_989);
  }

  private void checkJoin(JoinKind kind, List<Field> left, int factor) {
    for (int nullEvery : new int[] {7, 1000}) {
      List<List<@Nullable Object>> probes = new ArrayList<>();
      List<List<@Nullable Object>> builds = new ArrayList<>();
      for (int i = 0; i < 40; i++) {
        probes.add(row(i % 6 == 5 ? null : (Object) (i % 17 * factor), (long) i));
        builds.add(row(i % nullEvery == 6 ? null : (Object) (i % 11 * factor), "b" + i));
      }
      checkJoin(kind, left, probes, builds);
    }
    checkJoin(kind, left, List.of(row(1, 1L), row(null, 2L)), List.of());
  }

  private void checkJoin(
      JoinKind kind,
      List<Field> left,
      List<List<@Nullable Object>> probes,
      List<List<@Nullable Object>> builds) {
    List<Field> right = List.of(KEY, NAME);
    boolean marks = kind == JoinKind.RIGHT || kind == JoinKind.FULL || kind == JoinKind.MARK;
    SinkStep.Build build = build(right, false, marks);
    boolean pairs =
        kind == JoinKind.INNER
            || kind == JoinKind.LEFT
            || kind == JoinKind.RIGHT
            || kind == JoinKind.FULL;
    List<Field> out = pairs ? plus(left, nullable(build.fields())) : left;
    TransformStep.Probe probe =
        new TransformStep.Probe(1, kind, List.of(ref(left, 0)), Optional.empty(), out);
    Segment first = new Segment(0, PlanRig.scan("r", right), List.of(), build, "");
    Segment second = new Segment(1, PlanRig.scan("l", left), List.of(probe), toClient(out), "");
    PlanRig rig = new PlanRig().table("r", builds).table("l", probes).workers(2);
    assertThat(rig.run(first, second))
        .containsExactlyInAnyOrderElementsOf(expectedJoin(kind, probes, builds));
    if (marks) {
      Segment third =
          new Segment(
              2,
              new SourceStep.JoinScan(1, false, nullable(build.fields())),
              List.of(),
              toClient(nullable(build.fields())),
              "");
      List<List<@Nullable Object>> unmatched = new ArrayList<>();
      for (List<@Nullable Object> each : builds) {
        if (probes.stream()
            .noneMatch(p -> p.getFirst() != null && p.getFirst().equals(each.getFirst()))) {
          unmatched.add(row(each.get(1), each.get(0)));
        }
      }
      rig = new PlanRig().table("r", builds).table("l", probes);
      List<List<@Nullable Object>> all = rig.run(first, second, third);
      assertThat(all.stream().filter(r -> r.size() == 2 && !(r.get(1) instanceof Long)).toList())
          .containsExactlyInAnyOrderElementsOf(unmatched);
    }
  }

  private static AggregateCall call(AggregateFunction function, Field result, Expression... args) {
    return new AggregateCall(function, List.of(args), false, Optional.empty(), List.of(), result);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void groupsByStringsAndMergesTheGroupsOfAllWorkers(int workers) {
    List<Field> fields = List.of(NAME, ID);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    String[] names = {"a", "a ", "a long name", null, "a long name  ", "", "zz"};
    for (int i = 0; i < 70; i++) {
      rows.add(row(names[i % names.length], (long) i));
    }
    List<Field> out =
        List.of(
            NAME,
            Field.of("n", SqlType.BIGINT, false),
            Field.of("s", SqlType.decimal(38, 0), true),
            Field.of("min", SqlType.BIGINT, true),
            Field.of("max", SqlType.BIGINT, true));
    SinkStep.Aggregate sink =
        new SinkStep.Aggregate(
            1,
            List.of(ref(fields, 0)),
            List.of(
                call(AggregateFunction.COUNT_STAR, out.get(1)),
                call(AggregateFunction.SUM, out.get(2), ref(fields, 1)),
                call(AggregateFunction.MIN, out.get(3), ref(fields, 1)),
                call(AggregateFunction.MAX, out.get(4), ref(fields, 1))),
            out);
    Segment first = new Segment(0, PlanRig.scan("t", fields), List.of(), sink, "");
    Segment second =
        new Segment(1, new SourceStep.AggregateScan(1, out), List.of(), toClient(out), "");
    PlanRig rig = new PlanRig().table("t", rows).workers(workers);
    List<List<@Nullable Object>> result = rig.run(first, second);
    for (List<@Nullable Object> each : result) {
      if (each.getFirst() != null) {
        each.set(0, ((String) each.getFirst()).stripTrailing());
      }
    }
    assertThat(result)
        .containsExactlyInAnyOrder(
            row("a", 20L, Int128.of(640), 0L, 64L),
            row("a long name", 20L, Int128.of(690), 2L, 67L),
            row(null, 10L, Int128.of(315 + 30), 3L, 66L),
            row("", 10L, Int128.of(315 + 50), 5L, 68L),
            row("zz", 10L, Int128.of(315 + 60), 6L, 69L));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2})
  void aggregatesWithoutKeysYieldOneRowEvenForNoInput(int workers) {
    List<Field> fields = List.of(KEY);
    List<Field> out =
        List.of(
            Field.of("n", SqlType.BIGINT, false),
            Field.of("c", SqlType.BIGINT, false),
            Field.of("s", SqlType.BIGINT, true),
            Field.of("a", SqlType.DOUBLE, true));
    SinkStep.Aggregate sink =
        new SinkStep.Aggregate(
            1,
            List.of(),
            List.of(
                call(AggregateFunction.COUNT_STAR, out.get(0)),
                call(AggregateFunction.COUNT, out.get(1), ref(fields, 0)),
                call(AggregateFunction.SUM, out.get(2), ref(fields, 0)),
                call(AggregateFunction.AVG, out.get(3), ref(fields, 0))),
            out);
    Segment first = new Segment(0, PlanRig.scan("t", fields), List.of(), sink, "");
    Segment second =
        new Segment(1, new SourceStep.AggregateScan(1, out), List.of(), toClient(out), "");
    assertThat(new PlanRig().table("t", List.of()).workers(workers).run(first, second))
        .containsExactly(row(0L, 0L, null, null));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 1; i <= 20; i++) {
      rows.add(row(i % 2 == 0 ? null : i));
    }
    assertThat(new PlanRig().table("t", rows).workers(workers).run(first, second))
        .containsExactly(row(20L, 10L, 100L, 10.0));
  }

  @ParameterizedTest
  @CsvSource({"false, 1", "false, 2", "true, 1", "true, 2"})
  void sumsGoBeyondSixtyFourBits(boolean grouped, int workers) {
    SqlType wideType = SqlType.decimal(38, 0);
    List<Field> fields = List.of(KEY, ID, Field.of("w", wideType, false));
    List<List<@Nullable Object>> rows = new ArrayList<>();
    BigInteger expected = BigInteger.ZERO;
    for (int i = 0; i < 40; i++) {
      long value = i % 5 == 4 ? Long.MIN_VALUE : Long.MAX_VALUE - i;
      BigInteger wide = BigInteger.valueOf(value).multiply(BigInteger.valueOf(i - 7L));
      rows.add(row(1, value, Int128.of(wide)));
      expected = expected.add(wide);
    }
    BigInteger expectedLongs =
        rows.stream()
            .map(r -> BigInteger.valueOf((Long) r.get(1)))
            .reduce(BigInteger.ZERO, BigInteger::add);
    List<Field> sums = List.of(Field.of("s", wideType, true), Field.of("sw", wideType, true));
    List<Field> out = grouped ? plus(List.of(KEY), sums) : sums;
    SinkStep.Aggregate sink =
        new SinkStep.Aggregate(
            1,
            grouped ? List.of(ref(fields, 0)) : List.of(),
            List.of(
                call(AggregateFunction.SUM, sums.get(0), ref(fields, 1)),
                call(AggregateFunction.SUM, sums.get(1), ref(fields, 2))),
            out);
    Segment first = new Segment(0, PlanRig.scan("t", fields), List.of(), sink, "");
    Segment second =
        new Segment(1, new SourceStep.AggregateScan(1, out), List.of(), toClient(out), "");
    List<@Nullable Object> result =
        new PlanRig().table("t", rows).workers(workers).run(first, second).getFirst();
    assertThat(result.subList(result.size() - 2, result.size()))
        .containsExactly(Int128.of(expectedLongs), Int128.of(expected));
  }

  /// Keys from dense over strided to far apart, so that directories grow, give up addressing and
  /// are merged in every form.
  @ParameterizedTest
  @CsvSource({"1, 1", "1, 3", "-7, 2", "8192, 1", "8192, 3", "999999999989, 2"})
  void groupsByIntegersOfAnyDensity(long stride, int workers) {
    List<Field> fields = List.of(new Field("k", SqlType.BIGINT, Physical.LONG, true), ID);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    Map<Long, Long> expected = new HashMap<>();
    long nulls = 0;
    Random random = new Random(stride);
    for (int i = 0; i < 20_000; i++) {
      boolean isNull = i % 1000 == 999;
      long key = random.nextInt(i < 10_000 ? 500 : 3000) * stride;
      rows.add(row(isNull ? null : key, (long) i));
      if (isNull) {
        nulls += i;
      } else {
        expected.merge(key, (long) i, Long::sum);
      }
    }
    List<Field> out = List.of(fields.getFirst(), Field.of("s", SqlType.BIGINT, true));
    SinkStep.Aggregate sink =
        new SinkStep.Aggregate(
            1,
            List.of(ref(fields, 0)),
            List.of(call(AggregateFunction.SUM, out.get(1), ref(fields, 1))),
            out);
    Segment first = new Segment(0, PlanRig.scan("t", fields), List.of(), sink, "");
    Segment second =
        new Segment(1, new SourceStep.AggregateScan(1, out), List.of(), toClient(out), "");
    Map<Long, Long> sums = new HashMap<>();
    for (List<@Nullable Object> each :
        new PlanRig().table("t", rows).workers(workers).batchRows(100).run(first, second)) {
      if (each.getFirst() == null) {
        assertThat(each.get(1)).isEqualTo(nulls);
      } else {
        assertThat(sums.put((Long) each.getFirst(), (Long) each.get(1))).isNull();
      }
    }
    assertThat(sums).isEqualTo(expected);
  }

  /// The heart of the promise that rows cost no allocation: many more rows, hardly any more bytes.
  @Test
  void processingRowsAllocatesNothingPerRow() {
    List<Field> fields = List.of(KEY, ID, NAME);
    List<List<@Nullable Object>> rows = new ArrayList<>();
    for (int i = 0; i < 4000; i++) {
      rows.add(row(i % 50, (long) i, "name " + i % 20));
    }
    List<Field> out =
        List.of(
            KEY,
            NAME,
            Field.of("s", SqlType.decimal(38, 0), true),
            Field.of("m", NAME.type(), true));
    SinkStep.Aggregate sink =
        new SinkStep.Aggregate(
            1,
            List.of(ref(fields, 0), ref(fields, 2)),
            List.of(
                call(AggregateFunction.SUM, out.get(2), ref(fields, 1)),
                call(AggregateFunction.MAX, out.get(3), ref(fields, 2))),
            out);
    Segment segment = new Segment(0, PlanRig.scan("t", fields), List.of(), sink, "");
    long bytes = new PlanRig().table("t", rows).batchRows(1000).allocatedByRepeats(segment, 500);
    assertThat(bytes).as("bytes for two million rows").isLessThan(2_000_000);
  }

  @Test
  void segmentsThatDifferInConstantsShareAClass() {
    List<Field> fields = List.of(KEY);
    List<CompiledShape> shapes = new ArrayList<>();
    PlanRig rig = new PlanRig().table("t", List.of(row(1), row(2), row(3)));
    Segment[] segments = new Segment[2];
    for (int i = 0; i < 2; i++) {
      Expression condition =
          new Comparison(Comparison.Operator.EQUAL, ref(fields, 0), literal(i + 1));
      segments[i] =
          new Segment(
              0,
              PlanRig.scan("t", fields),
              List.of(new TransformStep.Filter(condition, fields)),
              toClient(fields),
              "");
    }
    assertThat(rig.run(segments)).containsExactly(row(1), row(2));
    rig.compiled()
        .forEach(c -> shapes.add(new CompiledShape(c.newProgram().getClass(), c.cached())));
    assertThat(shapes.get(0).type()).isSameAs(shapes.get(1).type());
    assertThat(shapes.get(0).cached()).isFalse();
    assertThat(shapes.get(1).cached()).isTrue();
  }

  private record CompiledShape(Class<?> type, boolean cached) {}
}

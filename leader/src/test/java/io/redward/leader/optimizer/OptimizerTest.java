package io.redward.leader.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.common.collect.ImmutableList;
import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CatalogFunction;
import io.redward.leader.relational.Literals;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.PlanningCancellation;
import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.TableStatistics;
import io.redward.plan.expression.Constant;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.Holder;
import org.apache.calcite.util.ImmutableBitSet;
import org.junit.jupiter.api.Test;

/// What each rewriting does, and where it must not. Plans are compared as EXPLAIN (LOGICAL) text.
final class OptimizerTest {
  private final PlannerContext context = PlannerContext.create();
  private final TpchTables tpch = new TpchTables(context.typeFactory());
  private final RexBuilder rex = context.rexBuilder();
  private final RelBuilder b = context.relBuilder();

  private final RelationalTable points = table("points", true);
  private final RelationalTable marks = table("marks", true);

  /// Columns k and v INTEGER, s VARCHAR(10); nullable or not.
  private RelationalTable table(String name, boolean nullable) {
    RelDataTypeFactory.Builder row = context.typeFactory().builder();
    row.add("k", context.typeFactory().type(SqlType.INTEGER, nullable));
    row.add("v", context.typeFactory().type(SqlType.INTEGER, nullable));
    row.add("s", context.typeFactory().type(SqlType.varchar(10), nullable));
    return new RelationalTable(
        List.of(name), row.build(), name, TableStatistics.ofRowCount(1000), List.of());
  }

  /// Columns k, which is a key, and v, s.
  private RelationalTable keyed(String name) {
    RelationalTable plain = table(name, false);
    return new RelationalTable(
        List.of(name),
        plain.getRowType(),
        name,
        plain.statistics(),
        List.of(ImmutableBitSet.of(0)));
  }

  private RelBuilder scan(RelationalTable table) {
    return b.push(context.scan(table));
  }

  private RelBuilder scan(String name) {
    return b.push(context.scan(tpch.get(name)));
  }

  private RexNode integer(int value) {
    return Literals.literal(rex, SqlType.INTEGER, new Constant.IntValue(value));
  }

  private RexNode string(String value) {
    return Literals.string(rex, value);
  }

  private RexNode test(SqlOperator operator, RexNode... operands) {
    return rex.makeCall(operator, List.of(operands));
  }

  private RexNode equal(RexNode a, RexNode b) {
    return test(SqlStdOperatorTable.EQUALS, a, b);
  }

  private String optimized() {
    return optimized(ConstantFolder.NONE);
  }

  private String optimized(ConstantFolder folder) {
    RelNode root = b.build();
    RelNode result = new Optimizer(folder).optimize(context, root);
    assertThat(result.getRowType().getFieldNames()).isEqualTo(root.getRowType().getFieldNames());
    return LogicalText.withoutEstimates(result);
  }

  @Test
  void filtersGoThroughProjectionsIntoBothSidesOfAJoin() {
    scan(points).project(b.field("k"), b.field("v"));
    scan(marks);
    b.join(JoinRelType.INNER, equal(b.field(2, 0, "k"), b.field(2, 1, "k")));
    b.filter(
        test(SqlStdOperatorTable.GREATER_THAN, b.field("v"), integer(3)),
        equal(b.field("s"), string("x")));
    b.project(b.field("v"));
    assertThat(optimized())
        .isEqualTo(
            """
            Project v
              Join INNER on k = right.k
                Filter v > 3
                  Project k, v
                    Scan points
                Project k
                  Filter s = 'x'
                    Project k, s
                      Scan marks
            """);
  }

  @Test
  void anOuterJoinWhoseNullsAreDroppedBecomesInner() {
    scan(points);
    scan(marks);
    b.join(JoinRelType.LEFT, equal(b.field(2, 0, "k"), b.field(2, 1, "k")));
    b.filter(test(SqlStdOperatorTable.GREATER_THAN, b.field(4), integer(3)));
    assertThat(optimized()).contains("Join INNER").contains("Filter v > 3");
  }

  @Test
  void anOuterJoinWhoseNullsAreWantedStays() {
    scan(points);
    scan(marks);
    b.join(JoinRelType.LEFT, equal(b.field(2, 0, "k"), b.field(2, 1, "k")));
    b.filter(test(SqlStdOperatorTable.IS_NULL, b.field(3)));
    assertThat(optimized())
        .isEqualTo(
            """
            Filter k0 is null
              Join LEFT on k = right.k
                Scan points
                Scan marks
            """);
  }

  @SuppressWarnings("NullAway") // the holder is filled at once
  @Test
  void correlatedExistsBecomesASemiJoinWithItsOtherConditions() {
    Holder<RexCorrelVariable> outer = Holder.empty();
    scan(points).variable(outer::set);
    RelNode inner =
        scan(marks)
            .filter(
                equal(b.field("k"), b.field(outer.get(), "k")),
                test(SqlStdOperatorTable.NOT_EQUALS, b.field("v"), b.field(outer.get(), "v")),
                equal(b.field("s"), string("x")))
            .build();
    b.filter(List.of(outer.get().id), RexSubQuery.exists(inner));
    assertThat(optimized())
        .isEqualTo(
            """
            Join SEMI on (right.k = k) and (right.v <> v)
              Scan points
              Project k, v
                Filter s = 'x'
                  Scan marks
            """);
  }

  @Test
  void notInOverNullsKeepsItsMeaning() {
    scan(points);
    RelNode inner = scan(marks).project(b.field("k")).build();
    b.filter(test(SqlStdOperatorTable.NOT, RexSubQuery.in(inner, ImmutableList.of(b.field("k")))));
    assertThat(optimized())
        .isEqualTo(
            """
            Join ANTI on (k = right.k) is not false
              Scan points
              Project k
                Scan marks
            """);
  }

  @Test
  void notInWithoutNullsIsAPlainAntiJoin() {
    scan(table("a", false));
    RelNode inner = scan(table("b", false)).project(b.field("k")).build();
    b.filter(test(SqlStdOperatorTable.NOT, RexSubQuery.in(inner, ImmutableList.of(b.field("k")))));
    assertThat(optimized()).contains("Join ANTI on k = right.k\n");
  }

  @SuppressWarnings("NullAway") // the holder is filled at once
  @Test
  void existsUnderOrIsDecorrelatedToo() {
    Holder<RexCorrelVariable> outer = Holder.empty();
    scan(points).variable(outer::set);
    RelNode inner = scan(marks).filter(equal(b.field("k"), b.field(outer.get(), "k"))).build();
    b.filter(
        List.of(outer.get().id), b.or(RexSubQuery.exists(inner), equal(b.field("v"), integer(1))));
    assertThat(optimized()).contains("Join LEFT").doesNotContain("Correlate");
  }

  @SuppressWarnings("NullAway") // the holder is filled at once
  @Test
  void aCorrelatedScalarSubqueryBecomesAJoinWithGroups() {
    Holder<RexCorrelVariable> outer = Holder.empty();
    scan(points).variable(outer::set);
    RelNode inner =
        scan(marks)
            .filter(equal(b.field("k"), b.field(outer.get(), "k")))
            .aggregate(b.groupKey(), b.max(b.field("v")).as("m"))
            .build();
    b.filter(List.of(outer.get().id), equal(b.field("v"), RexSubQuery.scalar(inner)));
    b.project(b.field("s"));
    assertThat(optimized())
        .isEqualTo(
            """
            Project s
              Join INNER on (v = m) and (k = right.k)
                Scan points
                Aggregate by (k): m = max(v)
                  Project k, v
                    Scan marks
            """);
  }

  @SuppressWarnings("NullAway") // the holder is filled at once
  @Test
  void aCountOfNothingIsZeroAndEachIsComputedOnce() {
    Holder<RexCorrelVariable> outer = Holder.empty();
    scan(points).variable(outer::set);
    RelNode inner =
        scan(marks)
            .filter(equal(b.field("k"), b.field(outer.get(), "k")))
            .aggregate(b.groupKey(), b.countStar("n"))
            .build();
    b.project(
        List.of(b.field("s"), RexSubQuery.scalar(inner)),
        List.of("s", "n"),
        true,
        List.of(outer.get().id));
    assertThat(optimized())
        .isEqualTo(
            """
            Project s, n = case when n is null then 0 else n::bigint end
              Join LEFT on k = right.k
                Project k, s
                  Scan points
                Aggregate by (k): n = count(*)
                  Project k
                    Scan marks
            """);
  }

  @Test
  void anOrOverBothSidesFiltersEachSide() {
    scan(points);
    scan(marks);
    b.join(
        JoinRelType.INNER,
        equal(b.field(2, 0, "k"), b.field(2, 1, "k")),
        b.or(
            b.and(equal(b.field(2, 0, "v"), integer(1)), equal(b.field(2, 1, "v"), integer(2))),
            b.and(equal(b.field(2, 0, "v"), integer(3)), equal(b.field(2, 1, "v"), integer(4)))));
    assertThat(optimized())
        .contains("Filter v in (1, 3)")
        .contains("Filter v in (2, 4)")
        .contains("or");
  }

  @Test
  void whatIsKnownOfAColumnIsKnownOfItsEquals() {
    scan(points).filter(test(SqlStdOperatorTable.LESS_THAN, b.field("k"), integer(9)));
    scan(marks);
    b.join(JoinRelType.INNER, equal(b.field(2, 0, "k"), b.field(2, 1, "k")));
    assertThat(optimized())
        .isEqualTo(
            """
            Join INNER on k = right.k
              Filter k < 9
                Scan points
              Filter k < 9
                Scan marks
            """);
  }

  @Test
  void setOperationsBecomeJoinsThatTakeNullsForEqual() {
    scan(points).project(b.field("k"));
    scan(marks).project(b.field("k"));
    b.minus(false);
    assertThat(optimized())
        .isEqualTo(
            """
            Join ANTI on k is not distinct from right.k
              Aggregate by (k)
                Project k
                  Scan points
              Project k
                Scan marks
            """);
    scan(points).project(b.field("k"));
    scan(marks).project(b.field("k"));
    b.union(false);
    assertThat(optimized())
        .isEqualTo(
            """
            Aggregate by (k)
              UNION ALL
                Project k
                  Scan points
                Project k
                  Scan marks
            """);
  }

  @Test
  void countDistinctAloneIsCountedOverDistinctRows() {
    scan(points);
    b.aggregate(b.groupKey("s"), b.count(true, "c", b.field("v")));
    assertThat(optimized())
        .isEqualTo(
            """
            Aggregate by (s): c = count(v)
              Aggregate by (v, s)
                Project v, s
                  Scan points
            """);
  }

  @Test
  void groupsAreToldApartByKeysAlone() {
    scan(keyed("people"));
    scan(marks);
    b.join(JoinRelType.INNER, equal(b.field(2, 0, "k"), b.field(2, 1, "v")));
    b.aggregate(b.groupKey(b.field(2), b.field(0), b.field(4)), b.countStar("c"));
    assertThat(optimized())
        .isEqualTo(
            """
            Project k, s, v0 = v, c
              Aggregate by (v): k = any_value(k), s = any_value(s), c = count(*)
                Join INNER on k = v
                  Project k, s
                    Scan people
                  Project v
                    Scan marks
            """);
  }

  @Test
  void aLeftJoinThatAddsNothingIsDropped() {
    scan(points);
    scan(keyed("people"));
    b.join(JoinRelType.LEFT, equal(b.field(2, 0, "v"), b.field(2, 1, "k")));
    b.project(b.field(0));
    assertThat(optimized())
        .isEqualTo(
            """
            Project k
              Scan points
            """);
    scan(points);
    scan(marks);
    b.join(JoinRelType.LEFT, equal(b.field(2, 0, "v"), b.field(2, 1, "k")));
    b.project(b.field(0));
    assertThat(optimized()).contains("Join LEFT");
  }

  @Test
  void planningHeedsCancellation() {
    CancelToken cancel = new CancelToken();
    cancel.cancel(new SqlException(SqlState.QUERY_CANCELED, "enough"));
    scan(points);
    b.filter(b.equals(b.field("k"), b.literal(1)));
    assertThatThrownBy(() -> PlanningCancellation.within(cancel, this::optimized))
        .hasMessageContaining("enough");
  }

  @Test
  void countDistinctBesideOtherAggregatesStays() {
    scan(points);
    b.aggregate(b.groupKey("s"), b.count(true, "c", b.field("v")), b.sum(b.field("k")).as("t"));
    assertThat(optimized()).contains("c = count(distinct v), t = sum(k)");
  }

  @Test
  void contradictionsCutTheirBranchOff() {
    scan(points)
        .filter(
            test(SqlStdOperatorTable.GREATER_THAN, b.field("k"), integer(5)),
            test(SqlStdOperatorTable.LESS_THAN, b.field("k"), integer(3)));
    scan(marks);
    b.union(true);
    assertThat(optimized()).isEqualTo("Scan marks\n");
  }

  @Test
  void aCountNeedsNoColumn() {
    scan(points).aggregate(b.groupKey(), b.countStar("c"));
    assertThat(optimized())
        .isEqualTo(
            """
            Aggregate: c = count(*)
              Project nothing = 0
                Scan points
            """);
  }

  @Test
  void sortsThatNobodySeesGoAndLimitsReachTheBranches() {
    scan(points).sort(b.field("k"));
    scan(marks);
    b.union(true).sortLimit(0, 5, b.field("v"));
    assertThat(optimized())
        .isEqualTo(
            """
            Sort v nulls last limit 5
              UNION ALL
                Sort v nulls last limit 5
                  Scan points
                Sort v nulls last limit 5
                  Scan marks
            """);
  }

  @Test
  void aFilterOnThePartitionGoesBelowAWindowAndAnotherDoesNot() {
    scan(points);
    RexNode rank =
        b.aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
            .over()
            .partitionBy(b.field("k"))
            .orderBy(b.field("v"))
            .toRex();
    b.project(List.of(b.field("k"), rank), List.of("k", "n"));
    b.filter(equal(b.field("k"), integer(7)), equal(b.field("n"), b.literal(1)));
    assertThat(optimized())
        .isEqualTo(
            """
            Filter n = 1
              Project k, n = row_number() over (partition by k order by v)
                Filter k = 7
                  Project k, v
                    Scan points
            """);
  }

  @Test
  void whatIsNotDeterministicStaysWhereItIs() {
    CatalogFunction random = new CatalogFunction("random", CatalogFunction.Nulls.OTHER, false);
    scan(points);
    RexNode call = random.call(rex, context.typeFactory().type(SqlType.INTEGER, false), List.of());
    b.project(List.of(b.field("k"), call), List.of("k", "r"));
    b.filter(test(SqlStdOperatorTable.GREATER_THAN, b.field("r"), integer(5)));
    b.project(
        b.field("k"), b.field("r"), b.call(SqlStdOperatorTable.PLUS, b.field("r"), b.field("r")));
    assertThat(optimized())
        .isEqualTo(
            """
            Project k, r, $f2 = r + r
              Filter r > 5
                Project k, r = random()
                  Scan points
            """);
  }

  @Test
  void constantsAreFoldedByTheFolder() {
    ConstantFolder adder = OptimizerTest::added;
    scan(points);
    RexNode sum =
        rex.makeCall(
            context.typeFactory().type(SqlType.INTEGER, false),
            CatalogFunction.of("plus"),
            List.of(integer(2), integer(3)));
    b.filter(equal(b.field("k"), sum));
    assertThat(optimized(adder))
        .isEqualTo(
            """
            Filter k = 5
              Scan points
            """);
  }

  private static Optional<Constant> added(RexCall call) {
    int sum = 0;
    for (RexNode operand : call.getOperands()) {
      if (!RexUtil.isLiteral(operand, false)
          || !(Literals.constant((RexLiteral) operand) instanceof Constant.IntValue(int value))) {
        return Optional.empty();
      }
      sum += value;
    }
    return Optional.of(new Constant.IntValue(sum));
  }

  @Test
  void theLargestTableProbesTheOthersAndNothingIsCrossed() {
    scan("customer");
    scan("orders");
    scan("lineitem");
    scan("supplier");
    scan("nation");
    scan("region");
    for (int i = 0; i < 5; i++) {
      b.join(JoinRelType.INNER, b.literal(true));
    }
    b.filter(
        equal(b.field("c_custkey"), b.field("o_custkey")),
        equal(b.field("l_orderkey"), b.field("o_orderkey")),
        equal(b.field("l_suppkey"), b.field("s_suppkey")),
        equal(b.field("c_nationkey"), b.field("s_nationkey")),
        equal(b.field("s_nationkey"), b.field("n_nationkey")),
        equal(b.field("n_regionkey"), b.field("r_regionkey")),
        equal(b.field("r_name"), string("ASIA")),
        test(
            SqlStdOperatorTable.LESS_THAN,
            b.field("o_orderdate"),
            Literals.literal(rex, SqlType.DATE, new Constant.IntValue(8401))));
    b.aggregate(b.groupKey("n_name"), b.countStar("c"));
    String plan = optimized();
    List<String> scans = plan.lines().map(String::strip).filter(l -> l.startsWith("Scan")).toList();
    assertThat(scans).hasSize(6).first().isEqualTo("Scan public.lineitem");
    assertThat(plan).doesNotContain("on true");
  }
}

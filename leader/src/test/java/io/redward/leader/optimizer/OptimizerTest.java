package io.redward.leader.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.CancelToken;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CatalogFunction;
import io.redward.leader.relational.Literals;
import io.redward.leader.relational.PlanningCancellation;
import io.redward.plan.expression.Constant;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;

/// What each rewriting of groups, sorts, windows and constants does, and where it must not. Plans
/// are compared as EXPLAIN (LOGICAL) text.
final class OptimizerTest {
  private final OptimizerRig rig = new OptimizerRig();
  private final RelBuilder b = rig.builder();

  @Test
  void countDistinctAloneIsCountedOverDistinctRows() {
    rig.scan(rig.points);
    b.aggregate(b.groupKey("s"), b.count(true, "c", b.field("v")));
    assertThat(rig.optimized())
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
    rig.scan(rig.keyed("people"));
    rig.scan(rig.marks);
    b.join(JoinRelType.INNER, rig.equal(b.field(2, 0, "k"), b.field(2, 1, "v")));
    b.aggregate(b.groupKey(b.field(2), b.field(0), b.field(4)), b.countStar("c"));
    assertThat(rig.optimized())
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
  void planningHeedsCancellation() {
    CancelToken cancel = new CancelToken();
    cancel.cancel(new SqlException(SqlState.QUERY_CANCELED, "enough"));
    rig.scan(rig.points);
    b.filter(b.equals(b.field("k"), b.literal(1)));
    assertThatThrownBy(() -> PlanningCancellation.within(cancel, rig::optimized))
        .hasMessageContaining("enough");
  }

  @Test
  void countDistinctBesideOtherAggregatesStays() {
    rig.scan(rig.points);
    b.aggregate(b.groupKey("s"), b.count(true, "c", b.field("v")), b.sum(b.field("k")).as("t"));
    assertThat(rig.optimized()).contains("c = count(distinct v), t = sum(k)");
  }

  @Test
  void contradictionsCutTheirBranchOff() {
    rig.scan(rig.points)
        .filter(
            rig.test(SqlStdOperatorTable.GREATER_THAN, b.field("k"), rig.integer(5)),
            rig.test(SqlStdOperatorTable.LESS_THAN, b.field("k"), rig.integer(3)));
    rig.scan(rig.marks);
    b.union(true);
    assertThat(rig.optimized()).isEqualTo("Scan marks\n");
  }

  @Test
  void aCountNeedsNoColumn() {
    rig.scan(rig.points).aggregate(b.groupKey(), b.countStar("c"));
    assertThat(rig.optimized())
        .isEqualTo(
            """
            Aggregate: c = count(*)
              Project nothing = 0
                Scan points
            """);
  }

  @Test
  void sortsThatNobodySeesGoAndLimitsReachTheBranches() {
    rig.scan(rig.points).sort(b.field("k"));
    rig.scan(rig.marks);
    b.union(true).sortLimit(0, 5, b.field("v"));
    assertThat(rig.optimized())
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
    rig.scan(rig.points);
    RexNode rank =
        b.aggregateCall(SqlStdOperatorTable.ROW_NUMBER)
            .over()
            .partitionBy(b.field("k"))
            .orderBy(b.field("v"))
            .toRex();
    b.project(List.of(b.field("k"), rank), List.of("k", "n"));
    b.filter(rig.equal(b.field("k"), rig.integer(7)), rig.equal(b.field("n"), b.literal(1)));
    assertThat(rig.optimized())
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
    rig.scan(rig.points);
    RexNode call =
        random.call(rig.rex(), rig.context().typeFactory().type(SqlType.INTEGER, false), List.of());
    b.project(List.of(b.field("k"), call), List.of("k", "r"));
    b.filter(rig.test(SqlStdOperatorTable.GREATER_THAN, b.field("r"), rig.integer(5)));
    b.project(
        b.field("k"), b.field("r"), b.call(SqlStdOperatorTable.PLUS, b.field("r"), b.field("r")));
    assertThat(rig.optimized())
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
    rig.scan(rig.points);
    RexNode sum =
        rig.rex()
            .makeCall(
                rig.context().typeFactory().type(SqlType.INTEGER, false),
                CatalogFunction.of("plus"),
                List.of(rig.integer(2), rig.integer(3)));
    b.filter(rig.equal(b.field("k"), sum));
    assertThat(rig.optimized(adder))
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
}

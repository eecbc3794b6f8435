package io.redward.leader.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.Literals;
import io.redward.plan.expression.Constant;
import java.util.List;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;

/// Which joins there are in the end, in which order, and what is filtered below them.
final class JoinRewritesTest {
  private final OptimizerRig rig = new OptimizerRig();
  private final RelBuilder b = rig.builder();

  @Test
  void filtersGoThroughProjectionsIntoBothSidesOfAJoin() {
    rig.scan(rig.points).project(b.field("k"), b.field("v"));
    rig.scan(rig.marks);
    b.join(JoinRelType.INNER, rig.equal(b.field(2, 0, "k"), b.field(2, 1, "k")));
    b.filter(
        rig.test(SqlStdOperatorTable.GREATER_THAN, b.field("v"), rig.integer(3)),
        rig.equal(b.field("s"), rig.string("x")));
    b.project(b.field("v"));
    assertThat(rig.optimized())
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
    rig.scan(rig.points);
    rig.scan(rig.marks);
    b.join(JoinRelType.LEFT, rig.equal(b.field(2, 0, "k"), b.field(2, 1, "k")));
    b.filter(rig.test(SqlStdOperatorTable.GREATER_THAN, b.field(4), rig.integer(3)));
    assertThat(rig.optimized()).contains("Join INNER").contains("Filter v > 3");
  }

  @Test
  void anOuterJoinWhoseNullsAreWantedStays() {
    rig.scan(rig.points);
    rig.scan(rig.marks);
    b.join(JoinRelType.LEFT, rig.equal(b.field(2, 0, "k"), b.field(2, 1, "k")));
    b.filter(rig.test(SqlStdOperatorTable.IS_NULL, b.field(3)));
    assertThat(rig.optimized())
        .isEqualTo(
            """
            Filter k0 is null
              Join LEFT on k = right.k
                Scan points
                Scan marks
            """);
  }

  @Test
  void anOrOverBothSidesFiltersEachSide() {
    rig.scan(rig.points);
    rig.scan(rig.marks);
    b.join(
        JoinRelType.INNER,
        rig.equal(b.field(2, 0, "k"), b.field(2, 1, "k")),
        b.or(
            b.and(
                rig.equal(b.field(2, 0, "v"), rig.integer(1)),
                rig.equal(b.field(2, 1, "v"), rig.integer(2))),
            b.and(
                rig.equal(b.field(2, 0, "v"), rig.integer(3)),
                rig.equal(b.field(2, 1, "v"), rig.integer(4)))));
    assertThat(rig.optimized())
        .contains("Filter v in (1, 3)")
        .contains("Filter v in (2, 4)")
        .contains("or");
  }

  @Test
  void whatIsKnownOfAColumnIsKnownOfItsEquals() {
    rig.scan(rig.points)
        .filter(rig.test(SqlStdOperatorTable.LESS_THAN, b.field("k"), rig.integer(9)));
    rig.scan(rig.marks);
    b.join(JoinRelType.INNER, rig.equal(b.field(2, 0, "k"), b.field(2, 1, "k")));
    assertThat(rig.optimized())
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
    rig.scan(rig.points).project(b.field("k"));
    rig.scan(rig.marks).project(b.field("k"));
    b.minus(false);
    assertThat(rig.optimized())
        .isEqualTo(
            """
            Join ANTI on k is not distinct from right.k
              Aggregate by (k)
                Project k
                  Scan points
              Project k
                Scan marks
            """);
    rig.scan(rig.points).project(b.field("k"));
    rig.scan(rig.marks).project(b.field("k"));
    b.union(false);
    assertThat(rig.optimized())
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
  void aLeftJoinThatAddsNothingIsDropped() {
    rig.scan(rig.points);
    rig.scan(rig.keyed("people"));
    b.join(JoinRelType.LEFT, rig.equal(b.field(2, 0, "v"), b.field(2, 1, "k")));
    b.project(b.field(0));
    assertThat(rig.optimized())
        .isEqualTo(
            """
            Project k
              Scan points
            """);
    rig.scan(rig.points);
    rig.scan(rig.marks);
    b.join(JoinRelType.LEFT, rig.equal(b.field(2, 0, "v"), b.field(2, 1, "k")));
    b.project(b.field(0));
    assertThat(rig.optimized()).contains("Join LEFT");
  }

  @Test
  void theLargestTableProbesTheOthersAndNothingIsCrossed() {
    rig.scan("customer");
    rig.scan("orders");
    rig.scan("lineitem");
    rig.scan("supplier");
    rig.scan("nation");
    rig.scan("region");
    for (int i = 0; i < 5; i++) {
      b.join(JoinRelType.INNER, b.literal(true));
    }
    b.filter(
        rig.equal(b.field("c_custkey"), b.field("o_custkey")),
        rig.equal(b.field("l_orderkey"), b.field("o_orderkey")),
        rig.equal(b.field("l_suppkey"), b.field("s_suppkey")),
        rig.equal(b.field("c_nationkey"), b.field("s_nationkey")),
        rig.equal(b.field("s_nationkey"), b.field("n_nationkey")),
        rig.equal(b.field("n_regionkey"), b.field("r_regionkey")),
        rig.equal(b.field("r_name"), rig.string("ASIA")),
        rig.test(
            SqlStdOperatorTable.LESS_THAN,
            b.field("o_orderdate"),
            Literals.literal(rig.rex(), SqlType.DATE, new Constant.IntValue(8401))));
    b.aggregate(b.groupKey("n_name"), b.countStar("c"));
    String plan = rig.optimized();
    List<String> scans = plan.lines().map(String::strip).filter(l -> l.startsWith("Scan")).toList();
    assertThat(scans).hasSize(6).first().isEqualTo("Scan public.lineitem");
    assertThat(plan).doesNotContain("on true");
  }
}

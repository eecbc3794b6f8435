package io.redward.leader.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.common.collect.ImmutableList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.Holder;
import org.junit.jupiter.api.Test;

/// Subqueries become joins, and keep what they mean of NULLs.
final class SubqueriesTest {
  private final OptimizerRig rig = new OptimizerRig();
  private final RelBuilder b = rig.builder();

  @SuppressWarnings("NullAway") // the holder is filled at once
  @Test
  void correlatedExistsBecomesASemiJoinWithItsOtherConditions() {
    Holder<RexCorrelVariable> outer = Holder.empty();
    rig.scan(rig.points).variable(outer::set);
    RelNode inner =
        rig.scan(rig.marks)
            .filter(
                rig.equal(b.field("k"), b.field(outer.get(), "k")),
                rig.test(SqlStdOperatorTable.NOT_EQUALS, b.field("v"), b.field(outer.get(), "v")),
                rig.equal(b.field("s"), rig.string("x")))
            .build();
    b.filter(List.of(outer.get().id), RexSubQuery.exists(inner));
    assertThat(rig.optimized())
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
    rig.scan(rig.points);
    RelNode inner = rig.scan(rig.marks).project(b.field("k")).build();
    b.filter(
        rig.test(SqlStdOperatorTable.NOT, RexSubQuery.in(inner, ImmutableList.of(b.field("k")))));
    assertThat(rig.optimized())
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
    rig.scan(rig.table("a", false));
    RelNode inner = rig.scan(rig.table("b", false)).project(b.field("k")).build();
    b.filter(
        rig.test(SqlStdOperatorTable.NOT, RexSubQuery.in(inner, ImmutableList.of(b.field("k")))));
    assertThat(rig.optimized()).contains("Join ANTI on k = right.k\n");
  }

  @SuppressWarnings("NullAway") // the holder is filled at once
  @Test
  void existsUnderOrIsDecorrelatedToo() {
    Holder<RexCorrelVariable> outer = Holder.empty();
    rig.scan(rig.points).variable(outer::set);
    RelNode inner =
        rig.scan(rig.marks).filter(rig.equal(b.field("k"), b.field(outer.get(), "k"))).build();
    b.filter(
        List.of(outer.get().id),
        b.or(RexSubQuery.exists(inner), rig.equal(b.field("v"), rig.integer(1))));
    assertThat(rig.optimized()).contains("Join LEFT").doesNotContain("Correlate");
  }

  @SuppressWarnings("NullAway") // the holder is filled at once
  @Test
  void aCorrelatedScalarSubqueryBecomesAJoinWithGroups() {
    Holder<RexCorrelVariable> outer = Holder.empty();
    rig.scan(rig.points).variable(outer::set);
    RelNode inner =
        rig.scan(rig.marks)
            .filter(rig.equal(b.field("k"), b.field(outer.get(), "k")))
            .aggregate(b.groupKey(), b.max(b.field("v")).as("m"))
            .build();
    b.filter(List.of(outer.get().id), rig.equal(b.field("v"), RexSubQuery.scalar(inner)));
    b.project(b.field("s"));
    assertThat(rig.optimized())
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
    rig.scan(rig.points).variable(outer::set);
    RelNode inner =
        rig.scan(rig.marks)
            .filter(rig.equal(b.field("k"), b.field(outer.get(), "k")))
            .aggregate(b.groupKey(), b.countStar("n"))
            .build();
    b.project(
        List.of(b.field("s"), RexSubQuery.scalar(inner)),
        List.of("s", "n"),
        true,
        List.of(outer.get().id));
    assertThat(rig.optimized())
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
}

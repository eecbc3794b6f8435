package io.redward.leader.physical;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.SqlType;
import io.redward.leader.physical.TestAlgebra.TestColumn;
import io.redward.leader.relational.RelationalTable;
import io.redward.plan.step.SinkStep;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;
import org.junit.jupiter.api.Test;

/// Grouping sets, and aggregations that a statement uses twice.
class AggregatePlansTest {
  private final TestAlgebra algebra = new TestAlgebra();
  private final RelationalTable sales =
      algebra.table(
          1,
          "sales",
          172_456,
          new DistributionStyle.Even(),
          TestColumn.of("sellerid", SqlType.INTEGER).distinct(40_000),
          TestColumn.of("region", SqlType.varchar(20)).distinct(12),
          TestColumn.of("pricepaid", SqlType.decimal(8, 2)).between(2_000, 12_624_00));

  private static long aggregations(PlannedQuery planned) {
    return planned.plan().streams().stream()
        .flatMap(stream -> stream.segments().stream())
        .filter(segment -> segment.sink() instanceof SinkStep.Aggregate)
        .count();
  }

  @Test
  void rollupMakesEachLevelFromTheGroupsOfTheOneBelow() {
    RelBuilder b = algebra.scan(sales);
    b.aggregate(
        b.groupKey(ImmutableBitSet.of(1), List.of(ImmutableBitSet.of(1), ImmutableBitSet.of())),
        b.countStar("sold"),
        b.sum(b.field("pricepaid")).as("paid"));
    PlannedQuery planned = algebra.plan(b.build());
    assertThat(TestAlgebra.text(planned.explainSegments()))
        .isEqualTo(
            """
            Stream 0
              Segment 0 (aggregate)
                scan sales (region character varying(20), pricepaid numeric(8,2))
                aggregate @1 by [region#0] count star[], sum[pricepaid#1]
            Stream 1
              Segment 1 (aggregate)
                aggregate scan @1 (region character varying(20), sold bigint, paid numeric(38,2) in 64 bits)
                aggregate @3 by [] sum[sold#1], sum[paid#2]
              Segment 2 (return)
                aggregate scan @1 (region character varying(20), sold bigint, paid numeric(38,2) in 64 bits)
                project [region#0, grouping_id = 0, sold#1, paid#2]
                project [region#0, sold#2, paid#3]
                return (region character varying(20), sold bigint, paid numeric(38,2) in 64 bits)
            Stream 2
              Segment 3 (return)
                aggregate scan @3 (sold bigint, paid numeric(38,2) in 64 bits)
                project [region = NULL::text, grouping_id = 1, sold#0, paid#1]
                project [region#0, sold#2, paid#3]
                return (region character varying(20), sold bigint, paid numeric(38,2) in 64 bits)
            """);
  }

  @Test
  void aggregationUsedTwiceIsComputedOnce() {
    RelBuilder b = algebra.scan(sales);
    b.aggregate(b.groupKey(0), b.sum(b.field("pricepaid")).as("paid"));
    RelNode revenue = b.build();
    b.push(revenue).push(revenue);
    b.aggregate(b.groupKey(), b.max(b.field("paid")).as("most"));
    b.join(
        JoinRelType.INNER,
        algebra.test(SqlStdOperatorTable.EQUALS, b.field(2, 0, "paid"), b.field(2, 1, "most")));
    PlannedQuery planned = algebra.plan(b.build());
    assertThat(aggregations(planned)).isEqualTo(2);
  }

  @Test
  void onlyTheKeyThatDeterminesTheOthersIsCompared() {
    RelationalTable users =
        algebra.table(
            2,
            "users",
            49_990,
            new DistributionStyle.Even(),
            TestColumn.of("userid", SqlType.INTEGER).distinct(49_990),
            TestColumn.of("city", SqlType.varchar(30)).distinct(300));
    RelBuilder b = algebra.scan(sales).push(algebra.context.scan(users));
    b.join(
        JoinRelType.INNER,
        algebra.test(
            SqlStdOperatorTable.EQUALS, b.field(2, 0, "sellerid"), b.field(2, 1, "userid")));
    b.aggregate(b.groupKey(b.field("city"), b.field("sellerid")), b.countStar("sold"));
    PlannedQuery planned = algebra.plan(b.build());
    assertThat(TestAlgebra.text(planned.explainSegments()))
        .contains("by [sellerid#0] any value[city#1], count star[]");
  }

  @Test
  void aggregateOverAGroupingKeySeesItsValueEvenWhereTheSetLeavesItOut() {
    RelBuilder b = algebra.scan(sales);
    b.aggregate(
        b.groupKey(ImmutableBitSet.of(0), List.of(ImmutableBitSet.of(0), ImmutableBitSet.of())),
        b.max(b.field("sellerid")).as("last"));
    PlannedQuery planned = algebra.plan(b.build());
    assertThat(TestAlgebra.text(planned.explainSegments()))
        .contains("aggregate @1 by [sellerid#0] max[sellerid#0]")
        .contains("aggregate @3 by [] max[last#1]");
  }
}

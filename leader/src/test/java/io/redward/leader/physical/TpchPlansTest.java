package io.redward.leader.physical;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.SqlType;
import io.redward.leader.physical.TestAlgebra.TestColumn;
import io.redward.leader.relational.RelationalTable;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;

/// Plans of TPC-H's first and sixth query, read top down: what EXPLAIN says, then what runs.
class TpchPlansTest {
  private final TestAlgebra algebra = new TestAlgebra();
  private final RelationalTable lineitem =
      algebra.table(
          7,
          "lineitem",
          6_001_215,
          new DistributionStyle.Key(0),
          TestColumn.of("l_orderkey", SqlType.BIGINT).between(1, 6_000_000).distinct(1_500_000),
          TestColumn.of("l_quantity", SqlType.decimal(15, 2)).between(100, 5_000).distinct(50),
          TestColumn.of("l_extendedprice", SqlType.decimal(15, 2)).between(90_000, 10_494_950),
          TestColumn.of("l_discount", SqlType.decimal(15, 2)).between(0, 10).distinct(11),
          TestColumn.of("l_tax", SqlType.decimal(15, 2)).between(0, 8).distinct(9),
          TestColumn.of("l_returnflag", SqlType.character(1)).distinct(3),
          TestColumn.of("l_linestatus", SqlType.character(1)).distinct(2),
          TestColumn.of("l_shipdate", SqlType.DATE).between(8_000, 11_000).distinct(2_500));

  private RelNode forecastRevenue() {
    RelBuilder b = algebra.scan(lineitem);
    b.filter(
        algebra.test(
            SqlStdOperatorTable.AND,
            algebra.test(
                SqlStdOperatorTable.GREATER_THAN_OR_EQUAL,
                b.field("l_shipdate"),
                algebra.date("1994-01-01")),
            algebra.test(
                SqlStdOperatorTable.LESS_THAN, b.field("l_shipdate"), algebra.date("1995-01-01")),
            algebra.test(
                SqlStdOperatorTable.LESS_THAN, b.field("l_quantity"), algebra.decimal("24.00"))));
    RexNode revenue =
        algebra.call(
            SqlType.decimal(30, 4),
            SqlStdOperatorTable.MULTIPLY,
            b.field("l_extendedprice"),
            b.field("l_discount"));
    b.project(List.of(revenue), List.of("$f0"), true);
    b.aggregate(b.groupKey(), b.sum(b.field(0)).as("revenue"));
    return b.build();
  }

  @Test
  void scanTestsDatesAndQuantityWhileDecodingAndComputesRevenueIn64Bits() {
    PlannedQuery planned = algebra.plan(forecastRevenue());
    assertThat(TestAlgebra.shape(planned.explain()))
        .isEqualTo(
            """
            XN Aggregate
              ->  XN Seq Scan on lineitem
                    Filter: ((l_shipdate >= '1994-01-01'::date) AND (l_shipdate < '1995-01-01'::date) AND (l_quantity < 24.00))
            """);
    assertThat(TestAlgebra.text(planned.explainSegments()))
        .isEqualTo(
            """
            Stream 0
              Segment 0 (aggregate)
                scan lineitem (l_quantity numeric(15,2), l_extendedprice numeric(15,2), l_discount numeric(15,2), l_shipdate date) where l_shipdate#3 >= '1994-01-01'::date and l_shipdate#3 < '1995-01-01'::date and l_quantity#0 < 24.00
                project [$f0 = (l_extendedprice#1 * l_discount#2) in 64 bits]
                aggregate @0 by [] sum[$f0#0]
            Stream 1
              Segment 1 (return)
                aggregate scan @0 (revenue numeric(38,4) in 64 bits)
                return (revenue numeric(38,4) in 64 bits)
            """);
  }

  private RelNode pricingSummary() {
    RelBuilder b = algebra.scan(lineitem);
    b.filter(
        algebra.test(
            SqlStdOperatorTable.LESS_THAN_OR_EQUAL,
            b.field("l_shipdate"),
            algebra.date("1998-09-02")));
    SqlType price = SqlType.decimal(33, 4);
    RexNode one = algebra.decimal("1");
    RexNode discounted =
        algebra.call(
            price,
            SqlStdOperatorTable.MULTIPLY,
            b.field("l_extendedprice"),
            algebra.call(
                SqlType.decimal(18, 2), SqlStdOperatorTable.MINUS, one, b.field("l_discount")));
    RexNode charged =
        algebra.call(
            SqlType.decimal(38, 6),
            SqlStdOperatorTable.MULTIPLY,
            discounted,
            algebra.call(SqlType.decimal(18, 2), SqlStdOperatorTable.PLUS, one, b.field("l_tax")));
    b.project(
        List.of(
            b.field("l_returnflag"),
            b.field("l_linestatus"),
            b.field("l_quantity"),
            discounted,
            charged),
        List.of("l_returnflag", "l_linestatus", "l_quantity", "disc_price", "charge"));
    b.aggregate(
        b.groupKey(0, 1),
        b.sum(b.field(2)).as("sum_qty"),
        b.sum(b.field(3)).as("sum_disc_price"),
        b.sum(b.field(4)).as("sum_charge"),
        b.countStar("count_order"));
    b.sort(b.field(0), b.field(1));
    return b.build();
  }

  @Test
  void sharedProductIsComputedOnceAndGroupsAreSortedForTheClient() {
    PlannedQuery planned = algebra.plan(pricingSummary());
    assertThat(TestAlgebra.shape(planned.explain()))
        .isEqualTo(
            """
            XN Merge
              Merge Key: l_returnflag, l_linestatus
              ->  XN Network
                    Send to leader
                    ->  XN Sort
                          Sort Key: l_returnflag, l_linestatus
                          ->  XN HashAggregate
                                ->  XN Seq Scan on lineitem
                                      Filter: (l_shipdate <= '1998-09-02'::date)
            """);
    assertThat(TestAlgebra.text(planned.explainSegments()))
        .isEqualTo(
            """
            Stream 0
              Segment 0 (aggregate)
                scan lineitem (l_quantity numeric(15,2), l_extendedprice numeric(15,2), l_discount numeric(15,2), l_tax numeric(15,2), l_returnflag character(1), l_linestatus character(1), l_shipdate date) where l_shipdate#6 <= '1998-09-02'::date
                project [l_quantity#0, l_tax#3, l_returnflag#4, l_linestatus#5, shared = (l_extendedprice#1 * (1 - l_discount#2)) in 64 bits]
                project [l_returnflag#2, l_linestatus#3, l_quantity#0, shared#4, charge = (shared#4 * (1 + l_tax#1)) in 64 bits]
                aggregate @0 by [l_returnflag#0, l_linestatus#1] sum[l_quantity#2], sum[disc_price#3], sum[charge#4], count star[]
            Stream 1
              Segment 1 (sort)
                aggregate scan @0 (l_returnflag character(1), l_linestatus character(1), sum_qty numeric(38,2) in 64 bits, sum_disc_price numeric(38,4) in 64 bits, sum_charge numeric(38,6) in 64 bits, count_order bigint)
                sort @1 by [l_returnflag#0, l_linestatus#1]
            Stream 2
              Segment 2 (return)
                ordered buffer scan @1 (l_returnflag character(1), l_linestatus character(1), sum_qty numeric(38,2) in 64 bits, sum_disc_price numeric(38,4) in 64 bits, sum_charge numeric(38,6) in 64 bits, count_order bigint)
                return (l_returnflag character(1), l_linestatus character(1), sum_qty numeric(38,2) in 64 bits, sum_disc_price numeric(38,4) in 64 bits, sum_charge numeric(38,6) in 64 bits, count_order bigint)
            """);
  }
}

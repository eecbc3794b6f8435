package io.redward.leader.physical;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.leader.physical.TestAlgebra.TestColumn;
import io.redward.leader.relational.RelationalTable;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SourceStep;
import java.math.BigInteger;
import java.util.List;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.junit.jupiter.api.Test;

/// What becomes of rows: sorted and cut off for the client, inserted, deleted.
class StatementPlansTest {
  private final TestAlgebra algebra = new TestAlgebra();
  private final SqlType money = SqlType.decimal(12, 2);
  private final RelationalTable sales =
      algebra.table(
          9,
          "sales",
          172_456,
          new DistributionStyle.All(),
          TestColumn.of("salesid", SqlType.INTEGER).between(1, 172_456),
          TestColumn.of("pricepaid", money).between(2_000, 1_262_400),
          TestColumn.of("commission", money).between(300, 189_360));

  private static Segment last(PhysicalPlan plan) {
    return plan.streams().getLast().segments().getLast();
  }

  @Test
  void firstRowsAreSortedOutAndReturnedInOrder() {
    RelBuilder b = algebra.scan(sales);
    b.sortLimit(5, 10, b.desc(b.field("pricepaid"))).project(b.field("salesid"));
    PlannedQuery planned = algebra.plan(b.build());
    assertThat(TestAlgebra.shape(planned.explain()))
        .isEqualTo(
            """
            XN Limit
              ->  XN Merge
                    Merge Key: pricepaid
                    ->  XN Network
                          Send to leader
                          ->  XN Sort
                                Sort Key: pricepaid
                                ->  XN Seq Scan on sales
            """);
    assertThat(TestAlgebra.text(planned.explainSegments()))
        .contains("sort @0 by [pricepaid#1 desc] limit 10 offset 5")
        .contains("ordered buffer scan @0");
  }

  @Test
  void limitWithoutOrderEndsTheScanEarly() {
    RelBuilder b = algebra.scan(sales);
    b.limit(0, 3);
    PhysicalPlan plan = algebra.plan(b.build()).plan();
    assertThat(plan.streams()).hasSize(1);
    assertThat(((SinkStep.Return) last(plan).sink()).limit()).hasValue(3);
  }

  @Test
  void insertedDecimalsHaveTheFormTheTableStores() {
    SqlType wide = SqlType.decimal(30, 4);
    RelBuilder b = algebra.scan(sales);
    RexNode product =
        algebra.call(
            wide, SqlStdOperatorTable.MULTIPLY, b.field("pricepaid"), b.field("commission"));
    b.project(List.of(product), List.of("product"), true);
    Field column = Field.of("product", wide, true);
    StatementTarget target =
        new StatementTarget.Insert(
            10, "products", new int[] {1}, List.of(column), List.of(), false);
    PlannedQuery planned = PhysicalPlanner.plan(b.build(), target, TestAlgebra.handles());
    PlanVerifier.verify(planned.plan());
    Segment segment = last(planned.plan());
    assertThat(segment.transforms().getFirst().fields().getFirst().physical())
        .isEqualTo(Physical.LONG);
    assertThat(segment.sinkInput().getFirst().physical()).isEqualTo(Physical.INT128);
    assertThat(planned.plan().output()).isEmpty();
  }

  @Test
  void narrowArithmeticRecordsTheBoundsItRestsOnRoundedOutwards() {
    RelBuilder b = algebra.scan(sales);
    RexNode product =
        algebra.call(
            SqlType.decimal(24, 4),
            SqlStdOperatorTable.MULTIPLY,
            b.field("pricepaid"),
            b.field("commission"));
    b.project(List.of(product), List.of("product"), true);
    assertThat(algebra.plan(b.build()).assumptions().bounds())
        .containsExactlyInAnyOrder(
            new ColumnBounds(9, 1, BigInteger.ZERO, BigInteger.TWO.pow(21)),
            new ColumnBounds(9, 2, BigInteger.ZERO, BigInteger.TWO.pow(18)));
  }

  @Test
  void planWithoutNarrowArithmeticRestsOnNothing() {
    assertThat(algebra.plan(algebra.scan(sales).build()).assumptions().bounds()).isEmpty();
  }

  @Test
  void fieldBehindTheColumnsIsTheRowIdThatDeleteNames() {
    RelationalTable withRowId =
        algebra.tableWithRowId(9, "sales", 172_456, TestColumn.of("salesid", SqlType.INTEGER));
    RelBuilder b = algebra.scan(withRowId);
    b.filter(algebra.test(SqlStdOperatorTable.LESS_THAN, b.field("salesid"), algebra.integer(100)));
    b.project(b.field("rowid"));
    PlannedQuery planned =
        PhysicalPlanner.plan(
            b.build(), new StatementTarget.Delete(9, "sales", false), TestAlgebra.handles());
    PlanVerifier.verify(planned.plan());
    Segment segment = last(planned.plan());
    SourceStep.TableScan scan = (SourceStep.TableScan) segment.source();
    assertThat(scan.rowIds()).isTrue();
    assertThat(scan.columnIds()).containsExactly(0);
    assertThat(segment.sink()).isEqualTo(new SinkStep.Delete(9, "sales", 0, false));
  }
}

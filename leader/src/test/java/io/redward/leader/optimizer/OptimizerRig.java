package io.redward.leader.optimizer;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.Literals;
import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.RelationalTable;
import io.redward.leader.relational.TableStatistics;
import io.redward.plan.expression.Constant;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.tools.RelBuilder;
import org.apache.calcite.util.ImmutableBitSet;

/// Tables and expressions of the tests of the optimizer, and the text of what it makes of a plan.
final class OptimizerRig {
  private final PlannerContext context = PlannerContext.create();
  private final TpchTables tpch = new TpchTables(context.typeFactory());
  private final RexBuilder rex = context.rexBuilder();
  private final RelBuilder b = context.relBuilder();

  final RelationalTable points = table("points", true);
  final RelationalTable marks = table("marks", true);

  /// Columns k and v INTEGER, s VARCHAR(10); nullable or not.
  RelationalTable table(String name, boolean nullable) {
    RelDataTypeFactory.Builder row = context.typeFactory().builder();
    row.add("k", context.typeFactory().type(SqlType.INTEGER, nullable));
    row.add("v", context.typeFactory().type(SqlType.INTEGER, nullable));
    row.add("s", context.typeFactory().type(SqlType.varchar(10), nullable));
    return new RelationalTable(
        List.of(name), row.build(), name, TableStatistics.ofRowCount(1000), List.of());
  }

  /// Columns k, which is a key, and v, s.
  RelationalTable keyed(String name) {
    RelationalTable plain = table(name, false);
    return new RelationalTable(
        List.of(name),
        plain.getRowType(),
        name,
        plain.statistics(),
        List.of(ImmutableBitSet.of(0)));
  }

  RelBuilder scan(RelationalTable table) {
    return b.push(context.scan(table));
  }

  RelBuilder scan(String name) {
    return b.push(context.scan(tpch.get(name)));
  }

  RexNode integer(int value) {
    return Literals.literal(rex, SqlType.INTEGER, new Constant.IntValue(value));
  }

  RexNode string(String value) {
    return Literals.string(rex, value);
  }

  RexNode test(SqlOperator operator, RexNode... operands) {
    return rex.makeCall(operator, List.of(operands));
  }

  RexNode equal(RexNode a, RexNode b) {
    return test(SqlStdOperatorTable.EQUALS, a, b);
  }

  String optimized() {
    return optimized(ConstantFolder.NONE);
  }

  String optimized(ConstantFolder folder) {
    RelNode root = b.build();
    RelNode result = new Optimizer(folder).optimize(context, root);
    assertThat(result.getRowType().getFieldNames()).isEqualTo(root.getRowType().getFieldNames());
    return LogicalText.withoutEstimates(result);
  }

  PlannerContext context() {
    return context;
  }

  RexBuilder rex() {
    return rex;
  }

  RelBuilder builder() {
    return b;
  }
}

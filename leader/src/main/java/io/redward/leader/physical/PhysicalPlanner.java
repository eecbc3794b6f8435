package io.redward.leader.physical;

import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.util.ImmutableBitSet;

/// The last stage of planning: from the optimizer's tree to a plan that can be compiled and run.
public final class PhysicalPlanner {
  private PhysicalPlanner() {}

  /// Plans a query whose rows go to the client.
  public static PlannedQuery plan(RelNode rel, PhysicalContext context) {
    return plan(rel, StatementTarget.CLIENT, context);
  }

  /// Plans a statement: the query `rel` and what becomes of its rows.
  ///
  /// @throws io.redward.foundation.base.SqlException 0A000 for what execution cannot do
  public static PlannedQuery plan(RelNode rel, StatementTarget target, PhysicalContext context) {
    int fields = rel.getRowType().getFieldCount();
    RelToPhysical planner = new RelToPhysical(context, rel);
    Placed root = planner.convert(rel, ImmutableBitSet.range(fields));
    List<Field> output = output(rel, root, target);
    PhysicalPlan plan =
        SegmentCutter.cut(root.node(), target, output, root.places(), planner.stateCount());
    return new PlannedQuery(plan, Narrowings.of(root.node()), root.node());
  }

  /// The fields of the result: names and types of the query, forms as computed, or as stored where
  /// they go into a table.
  private static List<Field> output(RelNode rel, Placed root, StatementTarget target) {
    boolean returned = target instanceof StatementTarget.Client;
    List<Field> output = new ArrayList<>();
    for (RelDataTypeField field : rel.getRowType().getFieldList()) {
      Field computed = root.columns().get(root.places()[field.getIndex()]).field();
      SqlType type = CalciteTypes.sqlType(field.getType());
      output.add(
          new Field(
              field.getName(),
              type,
              returned ? computed.physical() : type.physical(),
              computed.nullable()));
    }
    return output;
  }
}

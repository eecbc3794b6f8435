package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/// Finds the decimals an operator computes in fewer bits than their type asks for, and the claims
/// on stored columns that this rests on.
final class Narrowings {
  private Narrowings() {}

  static void collect(PhysicalNode node, Set<ColumnBounds> claims) {
    switch (node) {
      case PhysicalNode.SeqScan scan -> collect(scan.filters(), scan.columns(), claims);
      case PhysicalNode.Filter filter ->
          collect(filter.conditions(), filter.input().columns(), claims);
      case PhysicalNode.Project project ->
          collect(project.expressions(), project.input().columns(), claims);
      case PhysicalNode.Expand expand ->
          expand.rowExpressions().forEach(row -> collect(row, expand.input().columns(), claims));
      case PhysicalNode.HashJoin join -> {
        collect(join.keys().probe(), join.probe().columns(), claims);
        collect(join.keys().build(), join.build().columns(), claims);
        List<Column> pair = new ArrayList<>(join.probe().columns());
        join.payload().forEach(place -> pair.add(join.build().columns().get(place)));
        collect(join.residual().stream().toList(), pair, claims);
      }
      case PhysicalNode.NestedLoopJoin join -> {
        List<Column> pair = new ArrayList<>(join.outer().columns());
        pair.addAll(join.inner().columns());
        collect(join.condition().stream().toList(), pair, claims);
      }
      case PhysicalNode.Aggregate aggregate ->
          collect(aggregate.keys(), aggregate.input().columns(), claims);
      case PhysicalNode.SystemTableScan _,
          PhysicalNode.ValuesScan _,
          PhysicalNode.Sort _,
          PhysicalNode.Limit _,
          PhysicalNode.Window _,
          PhysicalNode.Append _,
          PhysicalNode.Shared _ -> {}
    }
  }

  private static void collect(
      List<Expression> expressions, List<Column> row, Set<ColumnBounds> claims) {
    expressions.forEach(expression -> collect(expression, row, claims));
  }

  private static void collect(Expression expression, List<Column> row, Set<ColumnBounds> claims) {
    boolean narrowed =
        !(expression instanceof FieldRef)
            && expression.type().kind() == TypeKind.DECIMAL
            && expression.physical() == Physical.LONG
            && expression.type().physical() == Physical.INT128;
    if (narrowed) {
      addSources(expression, row, claims);
    }
    expression.children().forEach(child -> collect(child, row, claims));
  }

  private static void addSources(
      Expression expression, List<Column> row, Set<ColumnBounds> claims) {
    if (expression instanceof FieldRef field) {
      claims.addAll(row.get(field.index()).range().because());
    }
    expression.children().forEach(child -> addSources(child, row, claims));
  }
}

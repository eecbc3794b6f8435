package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/// Finds the decimals an operator computes in fewer bits than their type asks for, and the claims
/// on stored columns that this rests on.
final class Narrowings {
  private final Set<ColumnBounds> claims = new LinkedHashSet<>();
  private final Set<RowBound> rows = new LinkedHashSet<>();

  private Narrowings() {}

  static PlanAssumptions of(PhysicalNode root) {
    Narrowings narrowings = new Narrowings();
    narrowings.collectAll(root);
    return new PlanAssumptions(List.copyOf(narrowings.claims), List.copyOf(narrowings.rows));
  }

  private void collectAll(PhysicalNode node) {
    collect(node);
    node.inputs().forEach(this::collectAll);
  }

  private void collect(PhysicalNode node) {
    switch (node) {
      case PhysicalNode.SeqScan scan -> collect(scan.filters(), scan.columns());
      case PhysicalNode.Filter filter -> collect(filter.conditions(), filter.input().columns());
      case PhysicalNode.Project project ->
          collect(project.expressions(), project.input().columns());
      case PhysicalNode.Expand expand ->
          expand.rowExpressions().forEach(row -> collect(row, expand.input().columns()));
      case PhysicalNode.Unnest unnest -> collect(List.of(unnest.value()), unnest.input().columns());
      case PhysicalNode.HashJoin join -> {
        collect(join.keys().probe(), join.probe().columns());
        collect(join.keys().build(), join.build().columns());
        List<Column> pair = new ArrayList<>(join.probe().columns());
        join.payload().forEach(place -> pair.add(join.build().columns().get(place)));
        collect(join.residual().stream().toList(), pair);
      }
      case PhysicalNode.MergeJoin join -> {
        List<Column> pair = new ArrayList<>(join.outer().columns());
        pair.addAll(join.inner().columns());
        collect(join.residual().stream().toList(), pair);
      }
      case PhysicalNode.NestedLoopJoin join -> {
        List<Column> pair = new ArrayList<>(join.outer().columns());
        pair.addAll(join.inner().columns());
        collect(join.condition().stream().toList(), pair);
      }
      case PhysicalNode.Aggregate aggregate -> {
        collect(aggregate.keys(), aggregate.input().columns());
        for (SinkStep.AggregateCall call : aggregate.calls()) {
          if (call.function() == SinkStep.AggregateFunction.SUM && isNarrow(call.result())) {
            addSources(call.arguments().getFirst(), aggregate.input().columns());
            addRows(aggregate.input());
          }
        }
      }
      case PhysicalNode.SystemTableScan _,
          PhysicalNode.ValuesScan _,
          PhysicalNode.Sort _,
          PhysicalNode.Limit _,
          PhysicalNode.Window _,
          PhysicalNode.Append _,
          PhysicalNode.Secured _,
          PhysicalNode.Shared _ -> {}
    }
  }

  private void collect(List<Expression> expressions, List<Column> row) {
    expressions.forEach(expression -> collect(expression, row));
  }

  private void collect(Expression expression, List<Column> row) {
    boolean narrowed =
        expression.type().kind() == TypeKind.DECIMAL
            && expression.physical() == Physical.LONG
            && expression.type().physical() == Physical.INT128;
    if (narrowed && !(expression instanceof FieldRef)) {
      addSources(expression, row);
    }
    expression.children().forEach(child -> collect(child, row));
  }

  private static boolean isNarrow(Field field) {
    return field.physical() == Physical.LONG && field.type().physical() == Physical.INT128;
  }

  private void addRows(PhysicalNode node) {
    if (node instanceof PhysicalNode.SeqScan scan) {
      rows.add(RowBounds.claim(scan));
    }
    node.inputs().forEach(this::addRows);
  }

  private void addSources(Expression expression, List<Column> row) {
    if (expression instanceof FieldRef field) {
      claims.addAll(row.get(field.index()).range().because());
    }
    expression.children().forEach(child -> addSources(child, row));
  }
}

package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/// Collects the columns of a projection, each value once.
final class ProjectAssembly {
  private final Placed input;
  private final RexToExpression converter;
  private final List<Expression> expressions = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();

  ProjectAssembly(Placed input) {
    this.input = input;
    converter = input.expressions();
  }

  /// Adds a value; its place in the row.
  int add(RexNode value, String name) {
    Expression expression = converter.convert(value);
    return RexUtil.isDeterministic(value) ? add(expression, name) : append(expression, name);
  }

  int add(Expression expression, String name) {
    int known = expressions.indexOf(expression);
    return known >= 0 ? known : append(expression, name);
  }

  /// Adds a value that EXPLAIN writes as `text`.
  int add(Expression expression, String name, Optional<String> text) {
    int place = add(expression, name);
    if (text.isPresent()) {
      Column column = columns.get(place);
      columns.set(
          place,
          new Column(
              column.field(),
              text.get(),
              text.get(),
              column.range(),
              column.width(),
              column.distinct(),
              column.origin()));
    }
    return place;
  }

  private int append(Expression expression, String name) {
    expressions.add(expression);
    columns.add(
        expression instanceof FieldRef field
            ? input.columns().get(field.index())
            : Rows.computed(name, expression, input.columns()));
    return expressions.size() - 1;
  }

  PhysicalNode node() {
    int[] moved = new int[input.columns().size()];
    Arrays.fill(moved, -1);
    for (int i = 0; i < expressions.size(); i++) {
      if (expressions.get(i) instanceof FieldRef field) {
        moved[field.index()] = i;
      }
    }
    return new PhysicalNode.Project(
        input.node(),
        List.copyOf(expressions),
        List.copyOf(columns),
        input.node().distribution().moved(moved));
  }
}

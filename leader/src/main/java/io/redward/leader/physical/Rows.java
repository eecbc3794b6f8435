package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.step.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.calcite.util.ImmutableBitSet;

/// Rows cut down to, or brought into, the columns wanted.
final class Rows {
  private Rows() {}

  /// The same rows without columns that nobody needs; the node itself if there are none such.
  static Placed pruned(Placed input, ImmutableBitSet needed) {
    List<Integer> kept = new ArrayList<>();
    int[] places = new int[input.places().length];
    Arrays.fill(places, -1);
    for (int field : needed) {
      int place = input.places()[field];
      if (!kept.contains(place)) {
        kept.add(place);
      }
      places[field] = kept.indexOf(place);
    }
    return kept.size() == input.columns().size()
        ? input
        : new Placed(selected(input.node(), kept), places);
  }

  /// The columns at these places, in this order.
  static PhysicalNode selected(PhysicalNode node, List<Integer> kept) {
    List<Expression> expressions = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    int[] moved = new int[node.columns().size()];
    Arrays.fill(moved, -1);
    for (int place : kept) {
      moved[place] = columns.size();
      columns.add(node.columns().get(place));
      expressions.add(node.columns().get(place).at(place));
    }
    return new PhysicalNode.Project(node, expressions, columns, node.distribution().moved(moved));
  }

  /// A column for a computed value.
  static Column computed(String name, Expression expression, List<Column> row) {
    Field field = new Field(name, expression.type(), expression.physical(), expression.nullable());
    return new Column(
        field,
        ExpressionText.of(expression, i -> row.get(i).text()),
        ExpressionText.of(expression, i -> row.get(i).qualifiedText()),
        ValueRanges.of(expression, row),
        ScanBuilder.width(expression.type()),
        Double.NaN,
        Column.Origin.COMPUTED);
  }
}

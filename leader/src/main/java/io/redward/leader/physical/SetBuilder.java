package io.redward.leader.physical;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Intersect;
import org.apache.calcite.rel.core.Minus;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Union;
import org.apache.calcite.util.ImmutableBitSet;

/// Builds set operations: UNION appends, INTERSECT and EXCEPT look whole rows up in a hash table,
/// NULL matching NULL.
final class SetBuilder {
  private final Conversion conversion;

  SetBuilder(Conversion conversion) {
    this.conversion = conversion;
  }

  Placed convert(SetOp set, ImmutableBitSet needed) {
    ImmutableBitSet all = ImmutableBitSet.range(set.getRowType().getFieldCount());
    return switch (set) {
      case Union union when union.all -> append(union, needed);
      case Union union -> distinct(append(union, all), union);
      case Intersect intersect when !intersect.all -> matched(set, JoinMethod.SEMI, all);
      case Minus minus when !minus.all -> matched(set, JoinMethod.ANTI, all);
      default ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, set.kind.sql + " ALL is not supported");
    };
  }

  private Placed append(SetOp set, ImmutableBitSet needed) {
    List<Placed> inputs = inputs(set, needed);
    if (inputs.size() == 1) {
      return inputs.getFirst();
    }
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i < needed.cardinality(); i++) {
      columns.add(common(inputs, i, set, needed.nth(i)));
    }
    List<PhysicalNode> nodes = new ArrayList<>();
    double rows = 0;
    double cost = 0;
    for (Placed input : inputs) {
      PhysicalNode node = formed(input.node(), columns);
      nodes.add(node);
      rows += node.rows();
      cost += node.estimate().total();
    }
    PhysicalNode append = new PhysicalNode.Append(nodes, columns, new Estimate(0, cost, rows));
    return new Placed(append, inputs.getFirst().places());
  }

  /// The inputs, each with exactly the columns needed, in their order.
  private List<Placed> inputs(SetOp set, ImmutableBitSet needed) {
    List<Placed> inputs = new ArrayList<>();
    int[] places = new int[set.getRowType().getFieldCount()];
    Arrays.fill(places, -1);
    for (int i = 0; i < needed.cardinality(); i++) {
      places[needed.nth(i)] = i;
    }
    for (RelNode rel : set.getInputs()) {
      Placed input = conversion.convert(rel, needed);
      List<Integer> order = new ArrayList<>();
      needed.forEach(field -> order.add(input.places()[field]));
      boolean inOrder = order.size() == input.columns().size();
      for (int i = 0; i < order.size(); i++) {
        inOrder &= order.get(i) == i;
      }
      inputs.add(new Placed(inOrder ? input.node() : Rows.selected(input.node(), order), places));
    }
    return inputs;
  }

  private static Column common(List<Placed> inputs, int place, SetOp set, int field) {
    SqlType type = CalciteTypes.sqlType(set.getRowType().getFieldList().get(field).getType());
    Column first = inputs.getFirst().columns().get(place);
    Physical form = first.field().physical();
    boolean nullable = false;
    ValueRange range = first.range();
    boolean sameScale = true;
    for (Placed input : inputs) {
      Column column = input.columns().get(place);
      nullable |= column.field().nullable();
      sameScale &= column.field().type().scale() == type.scale();
      range = range.or(column.range());
      if (column.field().physical() != form) {
        form = type.physical();
      }
    }
    String name = set.getRowType().getFieldNames().get(field);
    return new Column(
        new Field(name, type, form, nullable),
        first.text(),
        first.qualifiedText(),
        sameScale ? range : ValueRange.of(type),
        first.width(),
        Double.NaN,
        Column.Origin.COMPUTED);
  }

  /// The input with its columns in the types and forms of `columns`.
  private static PhysicalNode formed(PhysicalNode node, List<Column> columns) {
    List<Expression> expressions = new ArrayList<>();
    boolean same = true;
    for (int i = 0; i < columns.size(); i++) {
      Expression value = node.columns().get(i).at(i);
      Field field = columns.get(i).field();
      boolean scaled = value.type().scale() == field.type().scale();
      Expression formed =
          scaled
              ? Expressions.inForm(value, field.physical())
              : new io.redward.plan.expression.Cast(
                  value, field.type(), field.physical(), false, false);
      same &= formed == value;
      expressions.add(formed);
    }
    return same ? node : new PhysicalNode.Project(node, expressions, columns, Distribution.EVEN);
  }

  private Placed distinct(Placed input, RelNode rel) {
    List<Expression> keys = new ArrayList<>();
    for (int i = 0; i < input.columns().size(); i++) {
      keys.add(input.columns().get(i).at(i));
    }
    Estimate estimate =
        CostModel.unique(input.node().estimate(), keys.size(), conversion.rows(rel));
    return input.with(
        new PhysicalNode.Aggregate(
            conversion.newState(),
            input.node(),
            keys,
            List.of(),
            RowOrder.groups(input.node(), keys),
            input.columns(),
            estimate,
            input.node().distribution()));
  }

  private Placed matched(SetOp set, JoinMethod method, ImmutableBitSet all) {
    List<Placed> inputs = inputs(set, all);
    Placed result = distinct(inputs.getFirst(), set);
    for (Placed other : inputs.subList(1, inputs.size())) {
      List<Placed> both = List.of(result, other);
      List<Column> columns = new ArrayList<>();
      for (int i = 0; i < all.cardinality(); i++) {
        columns.add(common(both, i, set, i));
      }
      PhysicalNode probe = formed(result.node(), columns);
      PhysicalNode build = formed(other.node(), columns);
      result = result.with(lookup(probe, build, method, conversion.rows(set)));
    }
    return result;
  }

  private PhysicalNode lookup(
      PhysicalNode probe, PhysicalNode build, JoinMethod method, double rows) {
    List<Expression> probeKeys = new ArrayList<>();
    List<Expression> buildKeys = new ArrayList<>();
    List<Boolean> nullSafe = new ArrayList<>();
    for (int i = 0; i < probe.columns().size(); i++) {
      probeKeys.add(probe.columns().get(i).at(i));
      buildKeys.add(build.columns().get(i).at(i));
      nullSafe.add(true);
    }
    JoinDistribution moved = JoinDistribution.choose(probe, build, probeKeys, buildKeys);
    return new PhysicalNode.HashJoin(
        conversion.newState(),
        probe,
        build,
        method,
        new PhysicalNode.HashJoin.Keys(probeKeys, buildKeys, nullSafe),
        List.of(),
        Optional.empty(),
        moved.label(),
        probe.columns(),
        CostModel.hashJoin(
            probe.estimate(), build.estimate(), probeKeys.size(), rows, moved.cost()),
        probe.distribution());
  }
}

package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import io.redward.plan.expression.Case;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.Field;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.util.ImmutableBitSet;

/// Grouping sets: each row comes once a set, with copies of the keys that are NULL where the set
/// leaves them out, and the set's number last.
final class GroupingSets {
  static final Literal FIRST_SET = new Literal(SqlType.INTEGER, new Constant.IntValue(0));

  private GroupingSets() {}

  /// The repeated rows; the places are those of the keys' copies.
  static Placed expand(Aggregate aggregate, Placed input) {
    List<Column> columns = new ArrayList<>(input.columns());
    int[] places = Arrays.copyOf(input.places(), input.places().length);
    for (int key : aggregate.getGroupSet()) {
      places[key] = columns.size();
      columns.add(input.columns().get(input.places()[key]).nullable());
    }
    columns.add(Rows.computed("grouping_id", FIRST_SET, List.of()));
    List<List<Expression>> rows = new ArrayList<>();
    for (ImmutableBitSet set : aggregate.getGroupSets()) {
      List<Expression> row = new ArrayList<>();
      for (int i = 0; i < input.columns().size(); i++) {
        row.add(input.columns().get(i).at(i));
      }
      for (int key : aggregate.getGroupSet()) {
        int place = input.places()[key];
        Column column = input.columns().get(place);
        row.add(
            set.get(key)
                ? column.at(place)
                : Expressions.nullOf(column.field().type(), column.field().physical()));
      }
      row.add(number(rows.size()));
      rows.add(row);
    }
    Estimate before = input.node().estimate();
    Estimate estimate = new Estimate(before.startup(), before.total(), before.rows() * rows.size());
    PhysicalNode node = new PhysicalNode.Expand(input.node(), rows, columns, estimate);
    return new Placed(node, places);
  }

  /// GROUPING(a, b): a bit for each argument, set where the row's grouping set leaves it out.
  static Expression grouping(Aggregate aggregate, AggregateCall call, Expression set) {
    SqlType type = CalciteTypes.sqlType(call.getType());
    List<Case.Branch> branches = new ArrayList<>();
    for (int i = 0; i < aggregate.getGroupSets().size(); i++) {
      long bits = 0;
      for (int argument : call.getArgList()) {
        bits = bits << 1 | (aggregate.getGroupSets().get(i).get(argument) ? 0 : 1);
      }
      branches.add(
          new Case.Branch(
              new Comparison(Comparison.Operator.EQUAL, set, number(i)), number(type, bits)));
    }
    return aggregate.getGroupType() == Aggregate.Group.SIMPLE
        ? number(type, 0)
        : new Case(branches, number(type, 0), type, type.physical());
  }

  private static Literal number(SqlType type, long value) {
    return new Literal(
        type,
        type.physical() == Physical.INT
            ? new Constant.IntValue((int) value)
            : new Constant.LongValue(value));
  }

  /// The number of the set without keys among several sets, -1 if there is none.
  static int emptySet(Aggregate aggregate) {
    return aggregate.getGroupType() == Aggregate.Group.SIMPLE
        ? -1
        : aggregate.getGroupSets().indexOf(ImmutableBitSet.of());
  }

  /// What yields the rows of `groups`, which groups the rows that [#expand] repeats.
  static PhysicalNode node(
      Aggregate aggregate, PhysicalNode.Aggregate groups, Conversion conversion) {
    Optional<PhysicalNode> levels = GroupingLevels.of(aggregate, groups, conversion);
    return levels.isPresent() ? levels.get() : withEmptyGroup(aggregate, groups, conversion);
  }

  /// The number of a set.
  static Literal number(int set) {
    return new Literal(SqlType.INTEGER, new Constant.IntValue(set));
  }

  /// The groups and, if one of several sets is empty and no row has made its group, that group over
  /// no rows.
  private static PhysicalNode withEmptyGroup(
      Aggregate aggregate, PhysicalNode.Aggregate groups, Conversion conversion) {
    int emptySet = emptySet(aggregate);
    if (emptySet < 0) {
      return groups;
    }
    List<Column> columns = groups.columns();
    int setPlace = groups.keys().size() - 1;
    PhysicalNode shared = new PhysicalNode.Shared(conversion.newState(), groups);
    Literal number = number(emptySet);
    Expression isEmptySet =
        new Comparison(Comparison.Operator.EQUAL, columns.get(setPlace).at(setPlace), number);
    Estimate one = new Estimate(groups.estimate().startup(), groups.estimate().total(), 1);
    PhysicalNode found = new PhysicalNode.Filter(shared, List.of(isEmptySet), one);
    PhysicalNode defaults =
        new PhysicalNode.ValuesScan(List.of(defaults(groups, number)), columns, one);
    PhysicalNode missing =
        new PhysicalNode.NestedLoopJoin(
            conversion.newState(),
            defaults,
            Rows.selected(found, List.of(setPlace)),
            JoinMethod.ANTI,
            Optional.empty(),
            "DS_DIST_ALL_NONE",
            columns,
            one,
            Distribution.LEADER);
    return new PhysicalNode.Append(List.of(shared, missing), columns, groups.estimate());
  }

  /// The row of a group without rows: counts are 0, all else is NULL.
  private static List<Expression> defaults(PhysicalNode.Aggregate groups, Literal set) {
    List<Expression> row = new ArrayList<>();
    int keys = groups.keys().size();
    for (int i = 0; i < groups.columns().size(); i++) {
      Field field = groups.columns().get(i).field();
      if (i == keys - 1) {
        row.add(set);
      } else if (i >= keys && AggregateFunctions.isCount(groups.calls().get(i - keys).function())) {
        row.add(number(field.type(), 0));
      } else {
        row.add(Expressions.nullOf(field.type(), field.physical()));
      }
    }
    return row;
  }
}

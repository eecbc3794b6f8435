package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.SinkStep.AggregateCall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.util.ImmutableBitSet;

/// Grouping sets by levels: the groups by all keys are made once, and those by fewer keys from
/// them. A ROLLUP over eight keys then groups each row once, where repeating rows groups it nine
/// times; each further level reads the groups of the level before. Once a level is small, its
/// groups are repeated for all sets that are left, since every level is a segment of its own.
final class GroupingLevels {
  /// With fewer rows than that, repeating them is cheaper than another segment.
  private static final double FEW_ROWS = 10_000;

  private final Aggregate aggregate;
  private final PhysicalNode.Aggregate groups;
  private final PhysicalNode.Expand expand;
  private final PartialCalls calls;
  private final Conversion conversion;
  private final List<PhysicalNode> branches = new ArrayList<>();

  /// Rows to group: input rows, or groups of an earlier level.
  ///
  /// @param keys where the keys are, by their fields in the algebra's input
  /// @param partials where the partial results begin, -1 for input rows
  private record Level(PhysicalNode node, int[] keys, int partials) {
    Expression key(int field) {
      int place = keys[field];
      return node.columns().get(place).at(place);
    }
  }

  private GroupingLevels(
      Aggregate aggregate,
      PhysicalNode.Aggregate groups,
      PhysicalNode.Expand expand,
      PartialCalls calls,
      Conversion conversion) {
    this.aggregate = aggregate;
    this.groups = groups;
    this.expand = expand;
    this.calls = calls;
    this.conversion = conversion;
  }

  /// The same rows as `groups`, which groups repeated rows, if this way promises to be faster.
  static Optional<PhysicalNode> of(
      Aggregate aggregate, PhysicalNode.Aggregate groups, Conversion conversion) {
    if (!(groups.input() instanceof PhysicalNode.Expand expand)
        || expand.input().rows() < FEW_ROWS) {
      return Optional.empty();
    }
    boolean allKeys = aggregate.getGroupSets().contains(aggregate.getGroupSet());
    double finest = conversion.rows(byKeys(aggregate, aggregate.getGroupSet()));
    if (!allKeys && finest * 2 > expand.input().rows()) {
      return Optional.empty();
    }
    return PartialCalls.of(groups.calls())
        .map(calls -> new GroupingLevels(aggregate, groups, expand, calls, conversion).node());
  }

  private static LogicalAggregate byKeys(Aggregate aggregate, ImmutableBitSet keys) {
    return LogicalAggregate.create(aggregate.getInput(), List.of(), keys, List.of(keys), List.of());
  }

  private PhysicalNode node() {
    int[] keys = new int[aggregate.getInput().getRowType().getFieldCount()];
    List<Integer> fields = aggregate.getGroupSet().asList();
    for (int i = 0; i < fields.size(); i++) {
      int set = setWith(fields.get(i));
      int copy = ((FieldRef) groups.keys().get(i)).index();
      keys[fields.get(i)] = ((FieldRef) expand.rowExpressions().get(set).get(copy)).index();
    }
    divide(new Level(expand.input(), keys, -1), aggregate.getGroupSets());
    return new PhysicalNode.Append(List.copyOf(branches), groups.columns(), groups.estimate());
  }

  private int setWith(int field) {
    for (int i = 0; i < aggregate.getGroupSets().size(); i++) {
      if (aggregate.getGroupSets().get(i).get(field)) {
        return i;
      }
    }
    throw new AssertionError("key " + field + " is in no grouping set");
  }

  /// Adds a branch for each of these sets, made of the rows of `source`.
  private void divide(Level source, List<ImmutableBitSet> sets) {
    ImmutableBitSet all = ImmutableBitSet.union(sets);
    if (sets.size() == 1) {
      branches.add(finished(grouped(source, all), all));
      return;
    }
    Level single = grouped(source, all);
    Level level =
        new Level(
            new PhysicalNode.Shared(conversion.newState(), single.node()),
            single.keys(),
            single.partials());
    List<ImmutableBitSet> rest = new ArrayList<>(sets);
    if (rest.remove(all)) {
      branches.add(finished(level, all));
    }
    if (rest.remove(ImmutableBitSet.of())) {
      branches.add(finished(grouped(level, ImmutableBitSet.of()), ImmutableBitSet.of()));
    }
    if (rest.isEmpty()) {
      return;
    }
    boolean fewerKeys = !ImmutableBitSet.union(rest).equals(all);
    if (fewerKeys && (rest.size() == 1 || level.node().rows() >= FEW_ROWS)) {
      divide(level, rest);
    } else {
      branches.add(repeated(level, rest));
    }
  }

  private Level grouped(Level source, ImmutableBitSet keys) {
    List<Expression> expressions = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    int[] places = new int[aggregate.getInput().getRowType().getFieldCount()];
    for (int field : keys) {
      places[field] = columns.size();
      expressions.add(source.key(field));
      columns.add(source.node().columns().get(source.keys()[field]));
    }
    double rows = conversion.rows(byKeys(aggregate, keys));
    return new Level(aggregate(source, expressions, columns, rows), places, keys.cardinality());
  }

  /// @param columns of the keys; the calls' are added
  private PhysicalNode aggregate(
      Level source, List<Expression> keys, List<Column> columns, double rows) {
    List<Column> row = source.node().columns();
    List<AggregateCall> planned =
        source.partials() < 0 ? calls.overRows() : calls.overGroups(row, source.partials());
    for (AggregateCall call : planned) {
      String name = call.function().name().toLowerCase(java.util.Locale.ROOT);
      columns.add(AggregateFunctions.column(call, row, name));
    }
    Estimate before = source.node().estimate();
    return new PhysicalNode.Aggregate(
        conversion.newState(),
        source.node(),
        List.copyOf(keys),
        planned,
        RowOrder.groups(source.node(), keys),
        List.copyOf(columns),
        CostModel.aggregate(before, keys.size(), planned.size(), rows),
        keys.isEmpty() ? Distribution.LEADER : Distribution.EVEN);
  }

  /// The groups of a set in the form of the result.
  private PhysicalNode finished(Level level, ImmutableBitSet set) {
    List<Expression> row = new ArrayList<>();
    int place = 0;
    for (int field : aggregate.getGroupSet()) {
      Column column = groups.columns().get(place++);
      row.add(
          set.get(field)
              ? level.key(field)
              : Expressions.nullOf(column.field().type(), column.field().physical()));
    }
    row.add(number(set));
    row.addAll(calls.answers(level.node().columns(), level.partials()));
    return result(level.node(), row);
  }

  private Literal number(ImmutableBitSet set) {
    return GroupingSets.number(aggregate.getGroupSets().indexOf(set));
  }

  private PhysicalNode result(PhysicalNode input, List<Expression> row) {
    return new PhysicalNode.Project(input, row, groups.columns(), Distribution.EVEN);
  }

  /// The groups of several sets, none of them empty, from repeated rows of a level.
  private PhysicalNode repeated(Level level, List<ImmutableBitSet> sets) {
    List<Integer> fields = ImmutableBitSet.union(sets).asList();
    List<Column> input = level.node().columns();
    List<Column> columns = new ArrayList<>();
    for (int field : fields) {
      columns.add(input.get(level.keys()[field]).nullable());
    }
    columns.add(Rows.computed("grouping_id", GroupingSets.FIRST_SET, List.of()));
    columns.addAll(input.subList(level.partials(), input.size()));
    List<List<Expression>> rows = new ArrayList<>();
    for (ImmutableBitSet set : sets) {
      List<Expression> row = new ArrayList<>();
      for (int field : fields) {
        Column column = input.get(level.keys()[field]);
        row.add(
            set.get(field)
                ? level.key(field)
                : Expressions.nullOf(column.field().type(), column.field().physical()));
      }
      row.add(number(set));
      for (int i = level.partials(); i < input.size(); i++) {
        row.add(input.get(i).at(i));
      }
      rows.add(row);
    }
    Estimate before = level.node().estimate();
    double repetitions = before.rows() * rows.size();
    PhysicalNode expanded =
        new PhysicalNode.Expand(
            level.node(),
            rows,
            columns,
            new Estimate(before.startup(), before.total(), repetitions));
    return regrouped(new Level(expanded, new int[0], fields.size() + 1), fields, repetitions);
  }

  private PhysicalNode regrouped(Level repeated, List<Integer> fields, double rows) {
    List<Column> input = repeated.node().columns();
    List<Expression> keys = new ArrayList<>();
    List<Column> columns = new ArrayList<>();
    for (int i = 0; i <= fields.size(); i++) {
      keys.add(input.get(i).at(i));
      columns.add(input.get(i));
    }
    PhysicalNode node = aggregate(repeated, keys, columns, rows);
    List<Expression> row = new ArrayList<>();
    int place = 0;
    for (int field : aggregate.getGroupSet()) {
      Column column = groups.columns().get(place++);
      int key = fields.indexOf(field);
      row.add(
          key >= 0
              ? node.columns().get(key).at(key)
              : Expressions.nullOf(column.field().type(), column.field().physical()));
    }
    row.add(node.columns().get(fields.size()).at(fields.size()));
    row.addAll(calls.answers(node.columns(), fields.size() + 1));
    return result(node, row);
  }
}

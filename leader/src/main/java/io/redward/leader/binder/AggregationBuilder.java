package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.binder.AggregateCalls.AggregateSpec;
import io.redward.leader.binder.AggregateCalls.SortKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelFieldCollation;
import org.apache.calcite.rel.RelFieldCollation.Direction;
import org.apache.calcite.rel.RelFieldCollation.NullDirection;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/// Builds the grouping of a SELECT: a projection of the keys and the aggregates' arguments, and the
/// aggregation over it.
final class AggregationBuilder {
  private static final int MAX_EQUAL_SETS = 64;

  private final List<RexNode> fields = new ArrayList<>();

  /// @param variables through which subqueries in keys and arguments see the input
  RelNode build(
      RelNode input, Grouping grouping, AggregateCalls calls, Set<CorrelationId> variables) {
    fields.addAll(grouping.keys());
    for (AggregateSpec spec : calls.calls()) {
      spec.arguments().forEach(this::field);
      spec.filter().ifPresent(this::field);
      spec.order().forEach(key -> field(key.expression()));
    }
    RelNode rows = fields.isEmpty() ? input : project(input, variables);
    boolean hasEmptyGroup = grouping.sets().stream().anyMatch(ImmutableBitSet::isEmpty);
    List<AggregateCall> aggregates = new ArrayList<>();
    for (AggregateSpec spec : calls.calls()) {
      aggregates.add(call(spec, rows, hasEmptyGroup));
    }
    ImmutableBitSet keys = ImmutableBitSet.range(grouping.keys().size());
    List<RelNode> groups = new ArrayList<>();
    for (List<ImmutableBitSet> layer : layers(grouping.sets())) {
      List<ImmutableBitSet> sets = ImmutableBitSet.ORDERING.immutableSortedCopy(layer);
      groups.add(
          LogicalAggregate.create(
              rows,
              List.of(),
              keys,
              sets.size() == 1 && sets.getFirst().equals(keys) ? null : sets,
              aggregates));
    }
    return groups.size() == 1 ? groups.getFirst() : LogicalUnion.create(groups, true);
  }

  /// The sets, none twice in a list: one that is asked for twice makes its groups twice.
  private static List<List<ImmutableBitSet>> layers(List<ImmutableBitSet> sets) {
    List<List<ImmutableBitSet>> layers = new ArrayList<>();
    for (ImmutableBitSet set : sets) {
      int depth = 0;
      while (depth < layers.size() && layers.get(depth).contains(set)) {
        depth++;
      }
      if (depth == MAX_EQUAL_SETS) {
        throw new SqlException(
            SqlState.PROGRAM_LIMIT_EXCEEDED,
            "too many equal grouping sets (maximum " + MAX_EQUAL_SETS + ")");
      }
      if (depth == layers.size()) {
        layers.add(new ArrayList<>());
      }
      layers.get(depth).add(set);
    }
    return layers;
  }

  private RelNode project(RelNode input, Set<CorrelationId> variables) {
    List<String> names = new ArrayList<>();
    for (RexNode field : fields) {
      names.add(
          field instanceof RexInputRef ref
              ? input.getRowType().getFieldNames().get(ref.getIndex())
              : "field_" + names.size());
    }
    boolean subqueries = RexUtil.SubQueryFinder.find(fields) != null;
    return LogicalProject.create(
        input, List.of(), fields, QueryBinder.unique(names), subqueries ? variables : Set.of());
  }

  private int field(RexNode node) {
    int index = fields.indexOf(node);
    if (index < 0) {
      index = fields.size();
      fields.add(node);
    }
    return index;
  }

  private AggregateCall call(AggregateSpec spec, RelNode rows, boolean hasEmptyGroup) {
    List<Integer> arguments = spec.arguments().stream().map(this::field).toList();
    List<RelFieldCollation> order = new ArrayList<>();
    for (SortKey key : spec.order()) {
      order.add(
          new RelFieldCollation(
              field(key.expression()),
              key.descending() ? Direction.DESCENDING : Direction.ASCENDING,
              key.nullsFirst() ? NullDirection.FIRST : NullDirection.LAST));
    }
    int filter = spec.filter().map(this::field).orElse(-1);
    return AggregateCall.create(
        spec.function(),
        spec.distinct(),
        false,
        false,
        List.of(),
        arguments,
        filter,
        null,
        RelCollations.of(order),
        hasEmptyGroup,
        rows,
        null,
        null);
  }
}

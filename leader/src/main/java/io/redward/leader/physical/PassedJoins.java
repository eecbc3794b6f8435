package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.SourceStep.JoinFilter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The hash joins that the rows of an operator have come through, by the columns they were looked
/// up with.
final class PassedJoins {
  private final PhysicalNode node;
  private final Map<Integer, PhysicalNode.HashJoin> joins = new HashMap<>();

  PassedJoins(PhysicalNode node) {
    this.node = node;
    collect(node);
  }

  /// A join all of whose rows have a partner.
  ///
  /// @param key the ordinal of the key among whose values the column's are
  record Passed(PhysicalNode.HashJoin join, int key) {}

  private void collect(PhysicalNode node) {
    if (node instanceof PhysicalNode.HashJoin join) {
      joins.put(join.stateId(), join);
    }
    node.inputs().forEach(this::collect);
  }

  /// The nearest join whose hash table holds every value of the column.
  Optional<Passed> of(int column) {
    return of(node, column);
  }

  private static Optional<Passed> of(PhysicalNode node, int column) {
    return switch (node) {
      case PhysicalNode.Filter filter -> of(filter.input(), column);
      case PhysicalNode.Secured secured -> of(secured.input(), column);
      case PhysicalNode.Project project ->
          project.expressions().get(column) instanceof FieldRef field
              ? of(project.input(), field.index())
              : Optional.empty();
      case PhysicalNode.Aggregate aggregate ->
          column < aggregate.keys().size() && aggregate.keys().get(column) instanceof FieldRef field
              ? of(aggregate.input(), field.index())
              : Optional.empty();
      case PhysicalNode.HashJoin join -> of(join, column);
      case PhysicalNode.SeqScan _,
          PhysicalNode.SystemTableScan _,
          PhysicalNode.ValuesScan _,
          PhysicalNode.Expand _,
          PhysicalNode.Unnest _,
          PhysicalNode.MergeJoin _,
          PhysicalNode.NestedLoopJoin _,
          PhysicalNode.Sort _,
          PhysicalNode.Limit _,
          PhysicalNode.Window _,
          PhysicalNode.Append _,
          PhysicalNode.Shared _ ->
          Optional.empty();
    };
  }

  private static Optional<Passed> of(PhysicalNode.HashJoin join, int column) {
    boolean semi = join.method() == JoinMethod.SEMI;
    if (!semi && join.method() != JoinMethod.INNER) {
      return Optional.empty();
    }
    int probeWidth = join.probe().columns().size();
    boolean ofProbe = column < probeWidth;
    int place = ofProbe ? column : join.payload().get(column - probeWidth);
    int key = ordinal(ofProbe ? join.keys().probe() : join.keys().build(), place);
    if (key >= 0 && !join.keys().nullSafe().get(key)) {
      return Optional.of(new Passed(join, key));
    }
    return of(ofProbe ? join.probe() : join.build(), place);
  }

  private static int ordinal(List<Expression> keys, int column) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i) instanceof FieldRef field && field.index() == column) {
        return i;
      }
    }
    return -1;
  }

  /// The join itself and all joins whose hash tables must be there before its own can be built.
  Set<Integer> neededBy(PhysicalNode.HashJoin join) {
    Set<Integer> needed = new HashSet<>();
    needed.add(join.stateId());
    addNeeded(join.build(), needed);
    return needed;
  }

  private void addNeeded(PhysicalNode node, Set<Integer> needed) {
    if (node instanceof PhysicalNode.HashJoin inside) {
      needed.add(inside.stateId());
    }
    if (node instanceof PhysicalNode.SeqScan scan) {
      for (JoinFilter filter : scan.joinFilters()) {
        PhysicalNode.HashJoin source = joins.get(filter.stateId());
        if (needed.add(filter.stateId()) && source != null) {
          addNeeded(source.build(), needed);
        }
      }
    }
    node.inputs().forEach(input -> addNeeded(input, needed));
  }
}

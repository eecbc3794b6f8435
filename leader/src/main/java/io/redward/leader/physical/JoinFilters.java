package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.SourceStep.JoinFilter;
import java.util.ArrayList;
import java.util.List;

/// Hands the keys of a hash table to the scans whose rows will look for them, so that rows without
/// a match are dropped while decoding.
///
/// A filter on a column travels down to where the column is read: through filters, projections and
/// grouping by the column, to the side of a join that the column comes from, and, where the column
/// is equated there, to the other side as well. It never enters an operator for which fewer input
/// rows change other rows: limits, windows that do not partition by the column, the null-supplying
/// side of an outer join; nor one whose rows are also read by others.
final class JoinFilters {
  /// A filter that lets more than this share of the values pass is not worth testing.
  private static final double USEFUL_SHARE = 0.8;

  private JoinFilters() {}

  /// The probe side with filters from the hash table `state` over the build side.
  static PhysicalNode push(
      PhysicalNode probe, PhysicalNode build, PhysicalNode.HashJoin.Keys keys, int state) {
    PhysicalNode filtered = probe;
    for (int i = 0; i < keys.probe().size(); i++) {
      if (keys.probe().get(i) instanceof FieldRef field
          && !keys.nullSafe().get(i)
          && (isUncertain(build) || isUseful(probe, field, build, keys.build().get(i)))) {
        filtered = push(filtered, field.index(), state, i);
      }
    }
    return filtered;
  }

  /// True if the build side passes a condition on groups or joined rows, whose effect nobody knows
  /// beforehand: the scan finds out and drops the filter if it is of no use.
  private static boolean isUncertain(PhysicalNode build) {
    return switch (build) {
      case PhysicalNode.Filter _ -> true;
      case PhysicalNode.Project project -> isUncertain(project.input());
      case PhysicalNode.HashJoin join ->
          isUncertain(join.probe())
              || join.method() != JoinMethod.LEFT && isUncertain(join.build());
      default -> false;
    };
  }

  private static boolean isUseful(
      PhysicalNode probe, FieldRef field, PhysicalNode build, Expression buildKey) {
    double probeValues = probe.columns().get(field.index()).distinct();
    double buildValues = build.rows();
    if (buildKey instanceof FieldRef key) {
      double distinct = build.columns().get(key.index()).distinct();
      buildValues = Double.isNaN(distinct) ? buildValues : Math.min(buildValues, distinct);
    }
    double among = Double.isNaN(probeValues) ? probe.rows() : probeValues;
    return buildValues < USEFUL_SHARE * among;
  }

  private static PhysicalNode push(PhysicalNode node, int column, int state, int key) {
    return switch (node) {
      case PhysicalNode.SeqScan scan -> scan(scan, column, state, key);
      case PhysicalNode.Filter filter ->
          new PhysicalNode.Filter(
              push(filter.input(), column, state, key), filter.conditions(), filter.estimate());
      case PhysicalNode.Project project ->
          project.expressions().get(column) instanceof FieldRef field
              ? new PhysicalNode.Project(
                  push(project.input(), field.index(), state, key),
                  project.expressions(),
                  project.columns(),
                  project.distribution())
              : project;
      case PhysicalNode.HashJoin join -> join(join, column, state, key);
      case PhysicalNode.NestedLoopJoin join ->
          column < join.outer().columns().size()
              ? new PhysicalNode.NestedLoopJoin(
                  join.stateId(),
                  push(join.outer(), column, state, key),
                  join.inner(),
                  join.method(),
                  join.condition(),
                  join.label(),
                  join.columns(),
                  join.estimate(),
                  join.distribution())
              : join;
      case PhysicalNode.Aggregate aggregate ->
          column < aggregate.keys().size() && aggregate.keys().get(column) instanceof FieldRef field
              ? new PhysicalNode.Aggregate(
                  aggregate.stateId(),
                  push(aggregate.input(), field.index(), state, key),
                  aggregate.keys(),
                  aggregate.calls(),
                  aggregate.columns(),
                  aggregate.estimate(),
                  aggregate.distribution())
              : aggregate;
      case PhysicalNode.Window window ->
          window.partitionBy().contains(column)
              ? new PhysicalNode.Window(
                  window.stateId(),
                  push(window.input(), column, state, key),
                  window.partitionBy(),
                  window.orderBy(),
                  window.calls(),
                  window.columns(),
                  window.estimate())
              : window;
      case PhysicalNode.Append append -> append(append, column, state, key);
      case PhysicalNode.SystemTableScan _,
          PhysicalNode.ValuesScan _,
          PhysicalNode.Expand _,
          PhysicalNode.Shared _,
          PhysicalNode.Sort _,
          PhysicalNode.Limit _ ->
          node;
    };
  }

  private static PhysicalNode scan(PhysicalNode.SeqScan scan, int column, int state, int key) {
    if (column >= scan.columnIds().size()) {
      return scan;
    }
    List<JoinFilter> filters = new ArrayList<>(scan.joinFilters());
    filters.add(new JoinFilter(column, state, key));
    return scan.filteredBy(filters);
  }

  private static PhysicalNode append(PhysicalNode.Append append, int column, int state, int key) {
    List<PhysicalNode> inputs =
        append.inputs().stream().map(input -> push(input, column, state, key)).toList();
    return new PhysicalNode.Append(inputs, append.columns(), append.estimate());
  }

  private static PhysicalNode join(PhysicalNode.HashJoin join, int column, int state, int key) {
    int probeWidth = join.probe().columns().size();
    boolean inner = join.method() == JoinMethod.INNER;
    boolean keepsProbe = inner || !join.method().scansBuild();
    if (!keepsProbe) {
      return join;
    }
    PhysicalNode probe = join.probe();
    PhysicalNode build = join.build();
    if (column < probeWidth) {
      probe = push(probe, column, state, key);
      int equated =
          inner || join.method() == JoinMethod.SEMI ? ordinal(join.keys().probe(), column) : -1;
      if (equated >= 0 && join.keys().build().get(equated) instanceof FieldRef other) {
        build = push(build, other.index(), state, key);
      }
    } else if (inner) {
      int place = join.payload().get(column - probeWidth);
      build = push(build, place, state, key);
      int equated = ordinal(join.keys().build(), place);
      if (equated >= 0 && join.keys().probe().get(equated) instanceof FieldRef other) {
        probe = push(probe, other.index(), state, key);
      }
    }
    return new PhysicalNode.HashJoin(
        join.stateId(),
        probe,
        build,
        join.method(),
        join.keys(),
        join.payload(),
        join.residual(),
        join.label(),
        join.columns(),
        join.estimate(),
        join.distribution());
  }

  private static int ordinal(List<Expression> keys, int column) {
    for (int i = 0; i < keys.size(); i++) {
      if (keys.get(i) instanceof FieldRef field && field.index() == column) {
        return i;
      }
    }
    return -1;
  }
}

package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.SourceStep.JoinFilter;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Hands the keys of a hash table to the scans whose rows will look for them, so that rows without
/// a match are dropped while decoding.
///
/// A filter on a column travels down to where the column is read: through filters, projections and
/// grouping by the column, to the side of a join that the column comes from, and, where the column
/// is equated there, to the other side as well. It never enters an operator for which fewer input
/// rows change other rows: limits, windows that do not partition by the column, the null-supplying
/// side of an outer join; nor one whose rows are also read by others.
///
/// Filters go sideways too: where the probe side's rows have passed a join on the column already,
/// the build side need only hold rows that pass it as well.
final class JoinFilters {
  /// A filter that lets more than this share of the values pass is not worth testing.
  private static final double USEFUL_SHARE = 0.8;

  private final int state;
  private final int key;
  private final Set<Integer> closed;

  /// @param closed joins whose build sides must not wait for this filter, since the filter's own
  ///     hash table waits for them
  private JoinFilters(int state, int key, Set<Integer> closed) {
    this.state = state;
    this.key = key;
    this.closed = closed;
  }

  /// The two sides of a join, with filters.
  record Sides(PhysicalNode probe, PhysicalNode build) {}

  /// Filters both sides of the join `state`: the build side by hash tables that its partners have
  /// passed already, the probe side by the build side's keys.
  static Sides filtered(
      PhysicalNode probe,
      PhysicalNode build,
      PhysicalNode.HashJoin.Keys keys,
      JoinMethod method,
      int state) {
    PhysicalNode filteredBuild = build;
    Set<Integer> closed = new HashSet<>();
    if (method.dropsUnmatchedBuild()) {
      PassedJoins passed = new PassedJoins(probe);
      for (int i = 0; i < keys.build().size(); i++) {
        if (keys.probe().get(i) instanceof FieldRef probeKey
            && keys.build().get(i) instanceof FieldRef buildKey
            && !keys.nullSafe().get(i)) {
          Optional<PassedJoins.Passed> found = passed.of(probeKey.index());
          if (found.isPresent() && isUseful(build, buildKey, found.get())) {
            JoinFilters filter =
                new JoinFilters(found.get().join().stateId(), found.get().key(), Set.of());
            filteredBuild = filter.push(filteredBuild, buildKey.index());
            closed.addAll(passed.neededBy(found.get().join()));
          }
        }
      }
    }
    return new Sides(
        method.dropsUnmatchedProbe()
            ? filteredProbe(probe, filteredBuild, keys, state, closed)
            : probe,
        filteredBuild);
  }

  private static PhysicalNode filteredProbe(
      PhysicalNode probe,
      PhysicalNode build,
      PhysicalNode.HashJoin.Keys keys,
      int state,
      Set<Integer> closed) {
    PhysicalNode filtered = probe;
    for (int i = 0; i < keys.probe().size(); i++) {
      if (keys.probe().get(i) instanceof FieldRef field
          && !keys.nullSafe().get(i)
          && (isUncertain(build) || isUseful(probe, field, build, keys.build().get(i)))) {
        filtered = new JoinFilters(state, i, closed).push(filtered, field.index());
      }
    }
    return filtered;
  }

  private static boolean isUseful(
      PhysicalNode build, FieldRef buildKey, PassedJoins.Passed passed) {
    return isUseful(
        build, buildKey, passed.join().build(), passed.join().keys().build().get(passed.key()));
  }

  /// True if the build side passes a condition on groups or joined rows, whose effect nobody knows
  /// beforehand, or is a part of a table, by a condition or by other joins' filters: how many of
  /// the probe side's values that part has, of few values far apart, is not known either. The scan
  /// finds out and drops the filter if it is of no use.
  private static boolean isUncertain(PhysicalNode build) {
    return switch (build) {
      case PhysicalNode.SeqScan scan ->
          !scan.joinFilters().isEmpty() || scan.rows() < USEFUL_SHARE * scan.tableRows();
      case PhysicalNode.Filter _ -> true;
      case PhysicalNode.Secured secured -> isUncertain(secured.input());
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

  private PhysicalNode push(PhysicalNode node, int column) {
    return switch (node) {
      case PhysicalNode.SeqScan scan -> scan(scan, column);
      case PhysicalNode.Filter filter ->
          new PhysicalNode.Filter(
              push(filter.input(), column), filter.conditions(), filter.estimate());
      case PhysicalNode.Secured secured ->
          new PhysicalNode.Secured(push(secured.input(), column), secured.relation());
      case PhysicalNode.Project project ->
          project.expressions().get(column) instanceof FieldRef field
              ? new PhysicalNode.Project(
                  push(project.input(), field.index()),
                  project.expressions(),
                  project.columns(),
                  project.distribution())
              : project;
      case PhysicalNode.HashJoin join -> join(join, column);
      case PhysicalNode.NestedLoopJoin join ->
          column < join.outer().columns().size()
              ? new PhysicalNode.NestedLoopJoin(
                  join.stateId(),
                  push(join.outer(), column),
                  join.inner(),
                  join.method(),
                  join.condition(),
                  join.label(),
                  join.columns(),
                  join.estimate(),
                  join.distribution())
              : join;
      case PhysicalNode.MergeJoin join -> mergeJoin(join, column);
      case PhysicalNode.Aggregate aggregate ->
          column < aggregate.keys().size() && aggregate.keys().get(column) instanceof FieldRef field
              ? new PhysicalNode.Aggregate(
                  aggregate.stateId(),
                  push(aggregate.input(), field.index()),
                  aggregate.keys(),
                  aggregate.calls(),
                  aggregate.sorted(),
                  aggregate.columns(),
                  aggregate.estimate(),
                  aggregate.distribution())
              : aggregate;
      case PhysicalNode.Window window ->
          window.partitionBy().contains(column)
              ? new PhysicalNode.Window(
                  window.stateId(),
                  push(window.input(), column),
                  window.partitionBy(),
                  window.orderBy(),
                  window.calls(),
                  window.columns(),
                  window.estimate())
              : window;
      case PhysicalNode.Append append -> append(append, column);
      case PhysicalNode.SystemTableScan _,
          PhysicalNode.ValuesScan _,
          PhysicalNode.Expand _,
          PhysicalNode.Unnest _,
          PhysicalNode.Shared _,
          PhysicalNode.Sort _,
          PhysicalNode.Limit _ ->
          node;
    };
  }

  private PhysicalNode scan(PhysicalNode.SeqScan scan, int column) {
    if (column >= scan.columnIds().size()) {
      return scan;
    }
    List<JoinFilter> filters = new ArrayList<>(scan.joinFilters());
    filters.add(new JoinFilter(column, state, key));
    return scan.filteredBy(filters);
  }

  private PhysicalNode append(PhysicalNode.Append append, int column) {
    List<PhysicalNode> inputs = append.inputs().stream().map(input -> push(input, column)).toList();
    return new PhysicalNode.Append(inputs, append.columns(), append.estimate());
  }

  private PhysicalNode join(PhysicalNode.HashJoin join, int column) {
    int probeWidth = join.probe().columns().size();
    boolean inner = join.method() == JoinMethod.INNER;
    boolean keepsProbe = inner || !join.method().scansBuild();
    if (!keepsProbe) {
      return join;
    }
    PhysicalNode probe = join.probe();
    PhysicalNode build = join.build();
    boolean open = !closed.contains(join.stateId());
    if (column < probeWidth) {
      probe = push(probe, column);
      int equated =
          inner || join.method() == JoinMethod.SEMI ? ordinal(join.keys().probe(), column) : -1;
      if (open && equated >= 0 && join.keys().build().get(equated) instanceof FieldRef other) {
        build = push(build, other.index());
      }
    } else if (inner) {
      int place = join.payload().get(column - probeWidth);
      build = open ? push(build, place) : build;
      int equated = ordinal(join.keys().build(), place);
      if (equated >= 0 && join.keys().probe().get(equated) instanceof FieldRef other) {
        probe = push(probe, other.index());
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

  private PhysicalNode mergeJoin(PhysicalNode.MergeJoin join, int column) {
    int width = join.outer().columns().size();
    boolean inner = join.method() == JoinMethod.INNER;
    if (column >= width && !inner) {
      return join;
    }
    return new PhysicalNode.MergeJoin(
        column < width ? (PhysicalNode.SeqScan) push(join.outer(), column) : join.outer(),
        column < width ? join.inner() : (PhysicalNode.SeqScan) push(join.inner(), column - width),
        join.method(),
        join.keys(),
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

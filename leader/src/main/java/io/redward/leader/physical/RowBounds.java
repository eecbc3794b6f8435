package io.redward.leader.physical;

import io.redward.leader.physical.Column.Origin;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import java.math.BigInteger;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The most rows an operator can yield, whatever the estimates say: from the tables' sizes rounded
/// up to powers of two, and from unique keys, which keep a join from multiplying rows. Bounds the
/// sums over those rows.
final class RowBounds {
  /// Elements that fit into a SUPER value of 16 MB.
  private static final long MOST_ELEMENTS = 1L << 23;

  private RowBounds() {}

  /// @param unique which columns of a scan are unique
  static BigInteger of(PhysicalNode node, Dependencies unique) {
    return switch (node) {
      case PhysicalNode.SeqScan scan -> BigInteger.valueOf(claim(scan).maxRows());
      case PhysicalNode.ValuesScan values -> BigInteger.valueOf(values.tuples().size());
      case PhysicalNode.SystemTableScan _ -> BigInteger.ONE.shiftLeft(32);
      case PhysicalNode.Filter filter -> of(filter.input(), unique);
      case PhysicalNode.Secured secured -> of(secured.input(), unique);
      case PhysicalNode.Project project -> of(project.input(), unique);
      case PhysicalNode.Shared shared -> of(shared.input(), unique);
      case PhysicalNode.Sort sort -> of(sort.input(), unique);
      case PhysicalNode.Limit limit -> of(limit.input(), unique);
      case PhysicalNode.Window window -> of(window.input(), unique);
      case PhysicalNode.Expand expand ->
          of(expand.input(), unique).multiply(BigInteger.valueOf(expand.rowExpressions().size()));
      case PhysicalNode.Unnest unnest ->
          of(unnest.input(), unique).multiply(BigInteger.valueOf(MOST_ELEMENTS));
      case PhysicalNode.Aggregate aggregate ->
          aggregate.keys().isEmpty() ? BigInteger.ONE : of(aggregate.input(), unique);
      case PhysicalNode.Append append ->
          append.inputs().stream()
              .map(input -> of(input, unique))
              .reduce(BigInteger.ZERO, BigInteger::add);
      case PhysicalNode.NestedLoopJoin join ->
          join.method() == JoinMethod.INNER || join.method() == JoinMethod.LEFT
              ? pairs(of(join.outer(), unique), of(join.inner(), unique))
              : of(join.outer(), unique);
      case PhysicalNode.MergeJoin join -> pairs(of(join.outer(), unique), of(join.inner(), unique));
      case PhysicalNode.HashJoin join -> join(join, unique);
    };
  }

  private static BigInteger pairs(BigInteger outer, BigInteger inner) {
    return outer.multiply(inner.max(BigInteger.ONE));
  }

  private static BigInteger join(PhysicalNode.HashJoin join, Dependencies unique) {
    BigInteger probe = of(join.probe(), unique);
    BigInteger build = of(join.build(), unique);
    return switch (join.method()) {
      case SEMI, ANTI, NULL_AWARE_ANTI -> probe;
      case BUILD_SEMI, BUILD_ANTI -> build;
      case INNER, LEFT, RIGHT, FULL -> {
        BigInteger matches =
            isUnique(join.build(), join.keys().build(), unique)
                ? probe
                : isUnique(join.probe(), join.keys().probe(), unique) ? build : pairs(probe, build);
        yield join.method() == JoinMethod.INNER ? matches : matches.add(probe).add(build);
      }
    };
  }

  /// True if no two rows have the same keys.
  private static boolean isUnique(
      PhysicalNode node, List<Expression> keys, Dependencies dependencies) {
    return switch (node) {
      case PhysicalNode.Filter filter -> isUnique(filter.input(), keys, dependencies);
      case PhysicalNode.Secured secured -> isUnique(secured.input(), keys, dependencies);
      case PhysicalNode.SeqScan scan -> {
        Set<Origin> origins = new HashSet<>();
        for (Expression key : keys) {
          FieldRef field = ScanPredicates.column(key);
          if (field != null) {
            origins.add(scan.columns().get(field.index()).origin());
          }
        }
        yield dependencies.holdsUnique(origins);
      }
      case PhysicalNode.Aggregate aggregate -> {
        Set<Integer> places = new HashSet<>();
        for (Expression key : keys) {
          if (key instanceof FieldRef field) {
            places.add(field.index());
          }
        }
        boolean all = true;
        for (int i = 0; i < aggregate.keys().size(); i++) {
          all &= places.contains(i);
        }
        yield all;
      }
      default -> false;
    };
  }

  /// The claim a bound over this scan rests on.
  static RowBound claim(PhysicalNode.SeqScan scan) {
    long rows = Math.max(1, (long) Math.ceil(scan.tableRows()));
    return new RowBound(scan.table().tableId(), Long.highestOneBit(rows) << 1);
  }
}

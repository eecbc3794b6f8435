package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Expression;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Two scans that a merge join can take: of tables placed by the same key and sorted by the equated
/// columns, hardly any row out of order.
///
/// @param keys in the order of the sort keys
record MergeSides(
    PhysicalNode.SeqScan outer, PhysicalNode.SeqScan inner, PhysicalNode.HashJoin.Keys keys) {
  /// Of a table at least so large …
  private static final double LARGE_ROWS = 1e6;

  /// … a selection of at most this share makes a small hash table, whose keys keep most of the
  /// other table from being read; better than passing through both.
  private static final double SELECTIVE_SHARE = 0.1;

  static Optional<MergeSides> of(
      PhysicalNode outer, PhysicalNode inner, PhysicalNode.HashJoin.Keys keys) {
    if (!(outer instanceof PhysicalNode.SeqScan outerScan)
        || !(inner instanceof PhysicalNode.SeqScan innerScan)
        || outerScan.rowIds()
        || innerScan.rowIds()
        || !innerScan.filters().isEmpty()
        || keys.nullSafe().contains(true)
        || isSelective(outerScan)
        || isSelective(innerScan)
        || !meetInPlace(outer, inner, keys)) {
      return Optional.empty();
    }
    List<Integer> order = RowOrder.merging(outer, inner, keys.probe(), keys.build());
    if (order.isEmpty()) {
      return Optional.empty();
    }
    List<Expression> outerKeys = new ArrayList<>();
    List<Expression> innerKeys = new ArrayList<>();
    List<Boolean> nullSafe = new ArrayList<>();
    for (int ordinal : order) {
      Expression outerKey = keys.probe().get(ordinal);
      Expression innerKey = keys.build().get(ordinal);
      if (!isInteger(outerKey) || !isInteger(innerKey)) {
        return Optional.empty();
      }
      outerKeys.add(outerKey);
      innerKeys.add(innerKey);
      nullSafe.add(false);
    }
    return Optional.of(
        new MergeSides(
            outerScan, innerScan, new PhysicalNode.HashJoin.Keys(outerKeys, innerKeys, nullSafe)));
  }

  private static boolean isInteger(Expression key) {
    return key.physical() == Physical.INT || key.physical() == Physical.LONG;
  }

  private static boolean isSelective(PhysicalNode.SeqScan scan) {
    return scan.tableRows() >= LARGE_ROWS && scan.rows() < SELECTIVE_SHARE * scan.tableRows();
  }

  private static boolean meetInPlace(
      PhysicalNode outer, PhysicalNode inner, PhysicalNode.HashJoin.Keys keys) {
    return outer.distribution() instanceof Distribution.Keyed
        && inner.distribution() instanceof Distribution.Keyed
        && JoinDistribution.choose(outer, inner, keys.probe(), keys.build())
            .label()
            .equals("DS_DIST_NONE");
  }
}

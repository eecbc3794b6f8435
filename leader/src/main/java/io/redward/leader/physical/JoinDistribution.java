package io.redward.leader.physical;

import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// How the rows of two join inputs meet, as it would be on several nodes: in place, the inner side
/// broadcast, or one side or both redistributed by the join key, whichever costs least. The outer
/// side is the probe, the inner the build.
///
/// @param label EXPLAIN's word
/// @param cost of moving
/// @param distribution of the result, over the row `probe ++ payload`
record JoinDistribution(String label, double cost, Distribution distribution) {

  static JoinDistribution choose(
      PhysicalNode outer,
      PhysicalNode inner,
      List<Expression> outerKeys,
      List<Expression> innerKeys) {
    if (inner.distribution() instanceof Distribution.All) {
      return new JoinDistribution("DS_DIST_ALL_NONE", 0, outer.distribution());
    }
    if (inner.distribution() instanceof Distribution.Leader
        || outer.distribution() instanceof Distribution.Leader) {
      return new JoinDistribution("DS_DIST_NONE", 0, outer.distribution());
    }
    double innerMove = CostModel.distribute(inner.rows(), inner.width());
    if (outer.distribution() instanceof Distribution.All) {
      return new JoinDistribution("DS_DIST_ALL_INNER", innerMove, Distribution.EVEN);
    }
    Set<Integer> placedKeys = keyed(outer.distribution(), outerKeys);
    Set<Integer> innerPlacedKeys = keyed(inner.distribution(), innerKeys);
    if (placedKeys.stream().anyMatch(innerPlacedKeys::contains)) {
      return new JoinDistribution("DS_DIST_NONE", 0, outer.distribution());
    }
    double outerMove = CostModel.distribute(outer.rows(), outer.width());
    JoinDistribution broadcast =
        new JoinDistribution(
            "DS_BCAST_INNER",
            CostModel.broadcast(inner.rows(), inner.width()),
            outer.distribution());
    JoinDistribution redistribute;
    if (!placedKeys.isEmpty()) {
      redistribute = new JoinDistribution("DS_DIST_INNER", innerMove, outer.distribution());
    } else if (!innerPlacedKeys.isEmpty()) {
      redistribute = new JoinDistribution("DS_DIST_OUTER", outerMove, byKeys(outerKeys));
    } else {
      redistribute = new JoinDistribution("DS_DIST_BOTH", innerMove + outerMove, byKeys(outerKeys));
    }
    return redistribute.cost() < broadcast.cost() ? redistribute : broadcast;
  }

  /// The ordinals of the keys by which the rows are placed already.
  private static Set<Integer> keyed(Distribution distribution, List<Expression> keys) {
    Set<Integer> found = new HashSet<>();
    if (distribution instanceof Distribution.Keyed(Set<Integer> columns)) {
      for (int i = 0; i < keys.size(); i++) {
        FieldRef field = ScanPredicates.column(keys.get(i));
        if (field != null && columns.contains(field.index())) {
          found.add(i);
        }
      }
    }
    return found;
  }

  private static Distribution byKeys(List<Expression> keys) {
    FieldRef field = ScanPredicates.column(keys.getFirst());
    return field == null ? Distribution.EVEN : new Distribution.Keyed(Set.of(field.index()));
  }
}

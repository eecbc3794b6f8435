package io.redward.leader.optimizer;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;

/// What is estimated of a join's condition.
///
/// @param selectivity of all pairs of rows, the fraction for which the condition holds
/// @param matchedLeft of the left rows, the fraction that has some partner
record JoinEstimate(double selectivity, double matchedLeft) {
  /// Of a condition that is no equality.
  static final double OTHER_CONDITION = 0.4;

  static JoinEstimate of(Cardinality cardinality, Join join) {
    int left = join.getLeft().getRowType().getFieldCount();
    List<Key> keys = new ArrayList<>();
    double others = 1;
    for (RexNode conjunct : Conjunction.conjuncts(join.getCondition())) {
      List<Key> found = keys(cardinality, join, left, conjunct);
      keys.addAll(found);
      if (found.isEmpty()) {
        others *= OTHER_CONDITION;
      }
    }
    return of(
        keys, others, cardinality.rowCount(join.getLeft()), cardinality.rowCount(join.getRight()));
  }

  static JoinEstimate of(List<Key> keys, double others, double leftRows, double rightRows) {
    if (keys.isEmpty()) {
      return new JoinEstimate(others, others < 1 ? 0.5 : 1);
    }
    double left = Math.min(Key.product(keys, true), leftRows);
    double right = Math.min(Key.product(keys, false), rightRows);
    double selectivity = others / Key.pairValues(keys);
    double matched = Math.min(1, right / Math.max(1, left)) * (others < 1 ? 0.9 : 1);
    return new JoinEstimate(selectivity, Math.max(matched, 1 / Math.max(1, leftRows)));
  }

  /// An equality between the sides.
  ///
  /// @param left profile of the left expression
  /// @param right profile of the right expression
  record Key(ColumnProfile left, ColumnProfile right) {
    static double product(List<Key> keys, boolean left) {
      double product = 1;
      double tableRows = 1;
      for (Key key : keys) {
        ColumnProfile side = left ? key.left : key.right;
        product *= Math.max(1, side.distinct());
        tableRows = Math.max(tableRows, side.tableRows());
      }
      return Math.min(product, tableRows);
    }

    /// How many different key values there are to meet: for one key what the side with more of them
    /// has, or what a stored key has in the range of those that refer to it, filtered or not: where
    /// a stock has few dates far apart, most days of a month are met by none. Several keys between
    /// the same two tables: no more than the smaller table has rows, since they are mostly a key of
    /// it; the product would take LINEITEM and PARTSUPP to have almost nothing in common. Keys to
    /// several tables count as independent, from the third on by half.
    static double pairValues(List<Key> keys) {
      Map<List<Object>, List<Key>> byTables = new LinkedHashMap<>();
      for (Key key : keys) {
        List<Object> tables = List.of(new Same(key.left.origin()), new Same(key.right.origin()));
        byTables.computeIfAbsent(tables, _ -> new ArrayList<>()).add(key);
      }
      double[] values =
          byTables.values().stream().mapToDouble(Key::betweenTables).sorted().toArray();
      double product = 1;
      for (int i = 0; i < values.length; i++) {
        product *= Math.pow(values[values.length - 1 - i], i < 2 ? 1 : 0.5);
      }
      return product;
    }

    private static double betweenTables(List<Key> keys) {
      double product = 1;
      double stored = 1;
      double smaller = Double.MAX_VALUE;
      for (Key key : keys) {
        product *= Math.max(1, Math.max(key.left.distinct(), key.right.distinct()));
        stored = Math.max(key.left.keysWithin(key.right), key.right.keysWithin(key.left));
        smaller = Math.min(smaller, Math.min(key.left.tableRows(), key.right.tableRows()));
      }
      return keys.size() == 1 ? Math.max(product, stored) : Math.max(1, Math.min(product, smaller));
    }
  }

  /// Wraps an object so that it is compared by identity.
  private record Same(Object object) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Same(Object that) && object == that;
    }

    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }
  }

  /// The equalities of a conjunct; `(a = b AND c = d) IS NOT FALSE` counts as its equalities.
  private static List<Key> keys(
      Cardinality cardinality, Join join, int leftCount, RexNode conjunct) {
    if (conjunct instanceof RexCall call && call.isA(SqlKind.IS_NOT_FALSE)) {
      List<Key> keys = new ArrayList<>();
      for (RexNode equality : Conjunction.conjuncts(call.getOperands().getFirst())) {
        keys.addAll(keys(cardinality, join, leftCount, equality));
      }
      return keys;
    }
    if (!(conjunct instanceof RexCall call)
        || !(call.isA(SqlKind.EQUALS) || call.isA(SqlKind.IS_NOT_DISTINCT_FROM))) {
      return List.of();
    }
    RexNode a = call.getOperands().get(0);
    RexNode b = call.getOperands().get(1);
    if (isLeft(b, leftCount) && isRight(a, leftCount)) {
      RexNode swap = a;
      a = b;
      b = swap;
    }
    return isLeft(a, leftCount) && isRight(b, leftCount)
        ? List.of(
            new Key(
                profile(cardinality, join.getLeft(), a),
                profile(cardinality, join.getRight(), RexUtil.shift(b, -leftCount))))
        : List.of();
  }

  private static ColumnProfile profile(Cardinality cardinality, RelNode side, RexNode expression) {
    ColumnProfile profile = cardinality.ofExpression(side, expression);
    return profile.withDistinct(Math.min(profile.distinct(), cardinality.rowCount(side)));
  }

  private static boolean isLeft(RexNode expression, int leftCount) {
    ImmutableBitSet columns = Conjunction.columns(expression);
    return !columns.isEmpty() && columns.length() <= leftCount;
  }

  private static boolean isRight(RexNode expression, int leftCount) {
    ImmutableBitSet columns = Conjunction.columns(expression);
    return !columns.isEmpty() && columns.nth(0) >= leftCount;
  }
}

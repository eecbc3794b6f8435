package io.redward.leader.physical;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/// A join's condition taken apart: equated pairs, each side of which reads one input only, and the
/// rest. Right sides still count fields over both inputs.
///
/// @param nullAware true for `x NOT IN (q)`, which the optimizer writes as an ANTI join on
///     `(x = y) IS NOT FALSE`; the pair is then `x` and `y`
record JoinCondition(List<Pair> pairs, List<RexNode> residual, boolean nullAware) {
  /// @param nullSafe true for IS NOT DISTINCT FROM
  record Pair(RexNode left, RexNode right, boolean nullSafe) {}

  static JoinCondition of(Join join) {
    int leftCount = join.getLeft().getRowType().getFieldCount();
    List<Pair> pairs = new ArrayList<>();
    List<RexNode> residual = new ArrayList<>();
    for (RexNode conjunct : RelOptUtil.conjunctions(join.getCondition())) {
      Pair pair = pair(conjunct, leftCount);
      if (pair != null) {
        pairs.add(pair);
      } else {
        residual.add(conjunct);
      }
    }
    if (join.getJoinType() == JoinRelType.ANTI && pairs.isEmpty() && residual.size() == 1) {
      Pair membership = membership(residual.getFirst(), leftCount);
      if (membership != null) {
        return new JoinCondition(List.of(membership), List.of(), true);
      }
    }
    return new JoinCondition(pairs, residual, false);
  }

  private static @Nullable Pair membership(RexNode condition, int leftCount) {
    return condition.getKind() == SqlKind.IS_NOT_FALSE && condition instanceof RexCall call
        ? pair(call.getOperands().get(0), leftCount)
        : null;
  }

  private static @Nullable Pair pair(RexNode conjunct, int leftCount) {
    boolean equality =
        conjunct.getKind() == SqlKind.EQUALS || conjunct.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
    if (!equality || !(conjunct instanceof RexCall call) || !RexUtil.isDeterministic(call)) {
      return null;
    }
    RexNode a = call.getOperands().get(0);
    RexNode b = call.getOperands().get(1);
    boolean nullSafe = conjunct.getKind() == SqlKind.IS_NOT_DISTINCT_FROM;
    ImmutableBitSet ofA = RelOptUtil.InputFinder.bits(a);
    ImmutableBitSet ofB = RelOptUtil.InputFinder.bits(b);
    if (ofA.isEmpty() || ofB.isEmpty()) {
      return null;
    }
    if (ofA.length() <= leftCount && ofB.nth(0) >= leftCount) {
      return new Pair(a, b, nullSafe);
    }
    if (ofB.length() <= leftCount && ofA.nth(0) >= leftCount) {
      return new Pair(b, a, nullSafe);
    }
    return null;
  }

  /// All fields the condition reads.
  ImmutableBitSet read() {
    List<RexNode> all = new ArrayList<>(residual);
    pairs.forEach(
        pair -> {
          all.add(pair.left());
          all.add(pair.right());
        });
    return RelOptUtil.InputFinder.bits(all, null);
  }
}

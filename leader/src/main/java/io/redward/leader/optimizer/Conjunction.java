package io.redward.leader.optimizer;

import io.redward.leader.relational.FlatCondition;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.util.ImmutableBitSet;

/// Conditions as lists of conjuncts, and the columns they read.
final class Conjunction {
  private Conjunction() {}

  /// The conjuncts of a condition; none if it is TRUE.
  static List<RexNode> conjuncts(RexNode condition) {
    return RelOptUtil.conjunctions(condition);
  }

  /// The condition that all of these hold, each once, in order.
  static RexNode of(RexBuilder builder, Collection<RexNode> conjuncts) {
    Set<RexNode> distinct = new LinkedHashSet<>(conjuncts);
    distinct.removeIf(RexNode::isAlwaysTrue);
    return FlatCondition.of(builder, RexUtil.composeConjunction(builder, distinct));
  }

  /// The node, filtered if there is anything to filter by.
  static RelNode filter(RexBuilder builder, RelNode input, Collection<RexNode> conjuncts) {
    RexNode condition = of(builder, conjuncts);
    return condition.isAlwaysTrue() ? input : LogicalFilter.create(input, condition);
  }

  /// The input columns that an expression reads.
  static ImmutableBitSet columns(RexNode expression) {
    return RelOptUtil.InputFinder.bits(expression);
  }

  static ImmutableBitSet columns(Collection<? extends RexNode> expressions) {
    return RelOptUtil.InputFinder.bits(new ArrayList<>(expressions), null);
  }
}

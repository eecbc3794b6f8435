package io.redward.leader.optimizer;

import com.google.common.collect.ImmutableSet;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.relational.FlatCondition;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.rules.CoreRules;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.RelDecorrelator;
import org.apache.calcite.sql2rel.TopDownGeneralDecorrelator;
import org.apache.calcite.tools.RelBuilder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Turns subqueries in expressions into joins.
///
/// A conjunct `EXISTS (q)` or `x IN (q)` of a filter becomes a SEMI join, `NOT EXISTS (q)` an ANTI
/// join, the correlated conditions of `q` its join condition. `x NOT IN (q)` becomes an ANTI join
/// too, on `(x = y) IS NOT FALSE`: a row stays only if for every `y` the comparison is false, so
// one
/// NULL in `q` or in `x` drops it, unless `q` is empty. Where neither side can be NULL that is
/// written `x = y`.
///
/// Everything else (scalar subqueries, EXISTS under OR, correlation below an aggregate) is turned
/// into a correlated join and then decorrelated by the library. Only an EXISTS without correlation
/// is counted first: `(SELECT COUNT(*) FROM (q LIMIT 1)) > 0`. It is one row for any `q`, whereas
/// the library's own way, grouping by a constant, turns into a row of an empty `q` where the
/// decorrelation drops the constant key.
///
/// Source: Neumann and Kemper, Unnesting Arbitrary Queries, for what is left to the library.
final class RemoveSubqueries {
  private static final Logger LOG = LoggerFactory.getLogger(RemoveSubqueries.class);

  private static final HepProgram TO_CORRELATE =
      HepProgram.builder()
          .addRuleCollection(
              List.of(
                  CoreRules.FILTER_SUB_QUERY_TO_CORRELATE,
                  CoreRules.PROJECT_SUB_QUERY_TO_CORRELATE,
                  CoreRules.JOIN_SUB_QUERY_TO_CORRELATE))
          .build();

  private final RexBuilder builder;

  private RemoveSubqueries(RexBuilder builder) {
    this.builder = builder;
  }

  /// Joins for the subqueries that stand as conjuncts of a filter.
  static RelNode toSemiJoins(RelNode root, PassContext context) {
    return new RemoveSubqueries(context.rexBuilder()).rewrite(root);
  }

  /// Correlated joins for all that are left.
  static RelNode toCorrelatedJoins(RelNode root, PassContext context) {
    if (!Correlation.hasSubqueries(root)) {
      return root;
    }
    HepPlanner planner = new HepPlanner(TO_CORRELATE);
    planner.setRoot(countUncorrelated(root, context));
    return planner.findBestExp();
  }

  private static RelNode countUncorrelated(RelNode node, PassContext context) {
    RexBuilder builder = context.rexBuilder();
    return Rebuild.mapInputs(node, input -> countUncorrelated(input, context))
        .accept(
            new RexShuttle() {
              @Override
              public RexNode visitSubQuery(RexSubQuery subquery) {
                RexSubQuery outer = (RexSubQuery) super.visitSubQuery(subquery);
                RelNode body = countUncorrelated(outer.rel, context);
                if (!outer.isA(SqlKind.EXISTS) || Correlation.isCorrelated(body)) {
                  return body == outer.rel ? outer : outer.clone(body);
                }
                RelBuilder tree = context.planner().relBuilder().push(Correlation.anyRow(body));
                tree.limit(0, 1).aggregate(tree.groupKey(), tree.countStar("n"));
                RexNode count = RexSubQuery.scalar(tree.build());
                RelDataType bigint = tree.getTypeFactory().createSqlType(SqlTypeName.BIGINT);
                return builder.makeCall(
                    SqlStdOperatorTable.GREATER_THAN,
                    builder.makeNotNull(count),
                    builder.makeExactLiteral(BigDecimal.ZERO, bigint));
              }
            });
  }

  /// Plain joins for correlated joins.
  static RelNode decorrelate(RelNode root, PassContext context) {
    if (!hasCorrelate(root)) {
      return root;
    }
    Optional<RelNode> result =
        attempt(RelDecorrelator::decorrelateQuery, root, context)
            .or(() -> attempt(TopDownGeneralDecorrelator::decorrelateQuery, root, context));
    return result.orElseThrow(
        () ->
            new SqlException(
                SqlState.FEATURE_NOT_SUPPORTED,
                "This type of correlated subquery pattern is not supported yet"));
  }

  /// The result of one of the library's decorrelators; empty if it leaves correlation or fails on a
  /// tree that it was not made for, which it shows by exceptions of any kind.
  private static Optional<RelNode> attempt(
      BiFunction<RelNode, RelBuilder, RelNode> decorrelator, RelNode root, PassContext context) {
    try {
      RelNode result = decorrelator.apply(root, context.planner().relBuilder());
      return hasCorrelate(result) ? Optional.empty() : Optional.of(result);
    } catch (RuntimeException | AssertionError failure) {
      LOG.debug("not decorrelated", failure);
      return Optional.empty();
    }
  }

  private static boolean hasCorrelate(RelNode node) {
    return node instanceof Correlate
        || node.getInputs().stream().anyMatch(RemoveSubqueries::hasCorrelate);
  }

  private RelNode rewrite(RelNode node) {
    RelNode rewritten = Rebuild.mapInputs(node, this::rewrite);
    if (!Correlation.hasOwnSubqueries(rewritten)) {
      return rewritten;
    }
    RelNode inner = rewritten.accept(new InsideSubqueries());
    return inner instanceof LogicalFilter filter ? filterToJoins(filter) : inner;
  }

  /// Rewrites the trees inside subqueries before what is around them.
  private final class InsideSubqueries extends RexShuttle {
    @Override
    public RexNode visitSubQuery(RexSubQuery subquery) {
      RexSubQuery outer = (RexSubQuery) super.visitSubQuery(subquery);
      RelNode rewritten = rewrite(outer.rel);
      return rewritten == outer.rel ? outer : outer.clone(rewritten);
    }
  }

  private RelNode filterToJoins(LogicalFilter filter) {
    RelNode input = filter.getInput();
    List<RexNode> left = new ArrayList<>();
    for (RexNode conjunct : Conjunction.conjuncts(filter.getCondition())) {
      RelNode joined = toJoin(input, conjunct, filter.getVariablesSet());
      if (joined == null) {
        left.add(conjunct);
      } else {
        input = joined;
      }
    }
    if (left.isEmpty()) {
      return input;
    }
    boolean plain = RexUtil.SubQueryFinder.find(left) == null;
    return LogicalFilter.create(
        input,
        FlatCondition.of(builder, RexUtil.composeConjunction(builder, left)),
        plain ? ImmutableSet.of() : ImmutableSet.copyOf(filter.getVariablesSet()));
  }

  /// The input joined as the conjunct asks, or null if the conjunct is not of the kind.
  private @Nullable RelNode toJoin(RelNode input, RexNode conjunct, Set<CorrelationId> variables) {
    boolean negated = conjunct.isA(SqlKind.NOT);
    RexNode tested = negated ? ((RexCall) conjunct).getOperands().get(0) : conjunct;
    if (!(tested instanceof RexSubQuery subquery)
        || !(subquery.isA(SqlKind.EXISTS) || subquery.isA(SqlKind.IN))
        || RexUtil.SubQueryFinder.find(subquery.getOperands()) != null) {
      return null;
    }
    RelNode body = subquery.isA(SqlKind.EXISTS) ? Correlation.anyRow(subquery.rel) : subquery.rel;
    Correlation.Pulled pulled = Correlation.pull(builder, body, variables);
    if (pulled == null) {
      return null;
    }
    int shift = input.getRowType().getFieldCount();
    List<RexNode> condition = new ArrayList<>();
    if (subquery.isA(SqlKind.IN)) {
      condition.add(membership(subquery, pulled.node(), shift, negated));
    }
    for (RexNode pulledCondition : pulled.conditions()) {
      condition.add(Correlation.toJoinCondition(builder, pulledCondition, input, shift));
    }
    return LogicalJoin.create(
        input,
        pulled.node(),
        List.of(),
        RexUtil.composeConjunction(builder, condition),
        Set.of(),
        negated ? JoinRelType.ANTI : JoinRelType.SEMI);
  }

  private RexNode membership(RexSubQuery subquery, RelNode right, int shift, boolean negated) {
    List<RexNode> equalities = new ArrayList<>();
    boolean nullable = false;
    for (int i = 0; i < subquery.getOperands().size(); i++) {
      RexNode operand = subquery.getOperands().get(i);
      RexNode field =
          builder.makeInputRef(right.getRowType().getFieldList().get(i).getType(), shift + i);
      nullable |= operand.getType().isNullable() || field.getType().isNullable();
      equalities.add(builder.makeCall(SqlStdOperatorTable.EQUALS, operand, field));
    }
    RexNode equal = RexUtil.composeConjunction(builder, equalities);
    return negated && nullable ? builder.makeCall(SqlStdOperatorTable.IS_NOT_FALSE, equal) : equal;
  }
}

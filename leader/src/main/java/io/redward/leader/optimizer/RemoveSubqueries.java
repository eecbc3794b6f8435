package io.redward.leader.optimizer;

import com.google.common.collect.ImmutableSet;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.leader.relational.FlatCondition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import org.apache.calcite.plan.RelOptCostImpl;
import org.apache.calcite.plan.hep.HepPlanner;
import org.apache.calcite.plan.hep.HepProgram;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Correlate;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.rules.SubQueryRemoveRule;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSubQuery;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
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
/// one NULL in `q` or in `x` drops it, unless `q` is empty. Where neither side can be NULL that is
/// written `x = y`.
///
/// Scalar subqueries, and EXISTS under OR or in a select list, become joins that add their value as
/// a column ([ScalarSubqueries]).
///
/// Everything else (IN under OR, correlation that is no equality below an aggregate, correlation
/// across two levels) is turned into a correlated join and then decorrelated by the library. Not so
/// an EXISTS without correlation: the library would group by a constant and then drop that key,
/// which makes a row of nothing.
///
/// Source: Neumann and Kemper, Unnesting Arbitrary Queries, for what is left to the library.
final class RemoveSubqueries {
  private static final Logger LOG = LoggerFactory.getLogger(RemoveSubqueries.class);

  /// The rules by themselves: the class that lists all of the library's makes a hundred others too,
  /// which a first query would wait for.
  private static final HepProgram TO_CORRELATE =
      HepProgram.builder()
          .addRuleCollection(
              List.of(
                  SubQueryRemoveRule.Config.FILTER.toRule(),
                  SubQueryRemoveRule.Config.PROJECT.toRule(),
                  SubQueryRemoveRule.Config.JOIN.toRule()))
          .build();

  private final RexBuilder builder;
  private final ScalarSubqueries scalars;

  private RemoveSubqueries(PassContext context) {
    builder = context.rexBuilder();
    scalars = new ScalarSubqueries(context);
  }

  /// Joins for the subqueries of the common forms.
  static RelNode toJoins(RelNode root, PassContext context) {
    return Correlation.hasSubqueries(root) ? new RemoveSubqueries(context).rewrite(root) : root;
  }

  /// Correlated joins for all that are left.
  static RelNode toCorrelatedJoins(RelNode root, PassContext context) {
    if (!Correlation.hasSubqueries(root)) {
      return root;
    }
    // A tree, not a graph: the library's decorrelator keeps notes by node and mixes up the uses of
    // a
    // shared one.
    HepPlanner planner = new HepPlanner(TO_CORRELATE, null, true, null, RelOptCostImpl.FACTORY);
    RelNode plain = plainTruths(root, context.rexBuilder());
    if (hasSubqueriesInWindows(plain)) {
      throw unsupported();
    }
    planner.setRoot(plain);
    return planner.findBestExp();
  }

  /// The rules do not look into windows.
  private static boolean hasSubqueriesInWindows(RelNode node) {
    boolean here =
        node instanceof LogicalProject project
            && project.getProjects().stream()
                .anyMatch(
                    each ->
                        RexOver.containsOver(each)
                            && RexUtil.SubQueryFinder.find(List.of(each)) != null);
    return here
        || subqueries(node).stream().anyMatch(RemoveSubqueries::hasSubqueriesInWindows)
        || node.getInputs().stream().anyMatch(RemoveSubqueries::hasSubqueriesInWindows);
  }

  /// The queries in an operator's expressions.
  private static List<RelNode> subqueries(RelNode node) {
    List<RelNode> found = new ArrayList<>();
    node.accept(
        new RexShuttle() {
          @Override
          public RexNode visitSubQuery(RexSubQuery subquery) {
            found.add(subquery.rel);
            return super.visitSubQuery(subquery);
          }
        });
    return found;
  }

  /// Writes `x = TRUE` as `x` and `x = FALSE` as `NOT x`, which is the same of every `x`: the
  /// library takes a NULL beside a truth value for what an unknown outcome may be taken for.
  private static RelNode plainTruths(RelNode node, RexBuilder builder) {
    RelNode over = Rebuild.mapInputs(node, input -> plainTruths(input, builder));
    return over.accept(
        new RexShuttle() {
          @Override
          public RexNode visitCall(RexCall call) {
            RexNode visited = super.visitCall(call);
            return visited instanceof RexCall inner ? plainTruth(inner, builder) : visited;
          }
        });
  }

  private static RexNode plainTruth(RexCall call, RexBuilder builder) {
    if (!call.isA(SqlKind.EQUALS) && !call.isA(SqlKind.NOT_EQUALS)) {
      return call;
    }
    RexNode a = call.getOperands().get(0);
    RexNode b = call.getOperands().get(1);
    RexNode literal = a.isAlwaysTrue() || a.isAlwaysFalse() ? a : b;
    RexNode tested = literal == a ? b : a;
    if (!literal.isAlwaysTrue() && !literal.isAlwaysFalse()) {
      return call;
    }
    boolean kept = literal.isAlwaysTrue() == call.isA(SqlKind.EQUALS);
    return kept ? tested : builder.makeCall(SqlStdOperatorTable.NOT, tested);
  }

  /// Plain joins for correlated joins.
  static RelNode decorrelate(RelNode root, PassContext context) {
    if (!hasCorrelate(root)) {
      return root;
    }
    if (windowsOverCorrelatedRows(root)) {
      throw unsupported();
    }
    Optional<RelNode> result =
        attempt(RelDecorrelator::decorrelateQuery, root, context)
            .or(() -> attempt(TopDownGeneralDecorrelator::decorrelateQuery, root, context));
    return result.orElseThrow(RemoveSubqueries::unsupported);
  }

  private static SqlException unsupported() {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED,
        "This type of correlated subquery pattern is not supported yet");
  }

  /// True if a window function sees only those rows that an outer row lets through. The library
  /// would compute it over the rows for all outer rows together.
  private static boolean windowsOverCorrelatedRows(RelNode node) {
    boolean here =
        node instanceof LogicalProject project
            && project.containsOver()
            && Correlation.isCorrelated(project.getInput());
    return here || node.getInputs().stream().anyMatch(RemoveSubqueries::windowsOverCorrelatedRows);
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
    return switch (inner) {
      case LogicalFilter filter -> filterToJoins(filter);
      case LogicalProject project -> projectToJoins(project);
      default -> inner;
    };
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
    ValueJoins joins = new ValueJoins(input, filter.getVariablesSet());
    List<RexNode> conditions = left.stream().map(conjunct -> conjunct.accept(joins)).toList();
    boolean plain = RexUtil.SubQueryFinder.find(conditions) == null;
    RelNode filtered =
        LogicalFilter.create(
            joins.input,
            FlatCondition.of(builder, RexUtil.composeConjunction(builder, conditions)),
            plain ? ImmutableSet.of() : ImmutableSet.copyOf(filter.getVariablesSet()));
    return joins.input == input
        ? filtered
        : LogicalProject.create(
            filtered,
            List.of(),
            builder.identityProjects(input.getRowType()),
            filter.getRowType().getFieldNames(),
            Set.of());
  }

  private RelNode projectToJoins(LogicalProject project) {
    ValueJoins joins = new ValueJoins(project.getInput(), project.getVariablesSet());
    List<RexNode> expressions =
        project.getProjects().stream().map(expression -> expression.accept(joins)).toList();
    boolean plain = RexUtil.SubQueryFinder.find(expressions) == null;
    return LogicalProject.create(
        joins.input,
        List.of(),
        expressions,
        project.getRowType().getFieldNames(),
        plain ? Set.of() : project.getVariablesSet());
  }

  /// Replaces subqueries that stand for a value by columns joined to the input.
  private final class ValueJoins extends RexShuttle {
    private final Set<CorrelationId> variables;
    private RelNode input;

    ValueJoins(RelNode input, Set<CorrelationId> variables) {
      this.input = input;
      this.variables = variables;
    }

    @Override
    public RexNode visitSubQuery(RexSubQuery subquery) {
      ScalarSubqueries.Joined joined = scalars.join(input, subquery, variables);
      if (joined == null) {
        return super.visitSubQuery(subquery);
      }
      input = joined.node();
      return joined.value();
    }
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
    Correlation.Pulled pulled = Correlation.pull(builder, body, input, variables);
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

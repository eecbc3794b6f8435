package io.redward.leader.optimizer;

import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.FlatCondition;
import io.redward.leader.relational.Literals;
import io.redward.leader.relational.PlanningCancellation;
import io.redward.leader.relational.Unnest;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.apache.calcite.plan.RelOptPredicateList;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexSimplify;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlKind;

/// Folds constant expressions and simplifies conditions: ranges on a column are merged into one
/// search argument, contradictions become FALSE, a factor common to all branches of an OR is taken
/// out.
///
/// Conditions of an ANTI join are only folded, because their `IS NOT FALSE` is a form that the
/// physical planner knows.
final class SimplifyExpressions {
  /// Larger conditions are only folded: simplifying takes time by the square of their branches.
  private static final int MAX_SIMPLIFIED_NODES = 400;

  private final RexBuilder builder;
  private final Fold fold;
  private final RexSimplify simplifier;

  private SimplifyExpressions(PassContext context) {
    builder = context.rexBuilder();
    fold = new Fold(builder, context.folder());
    simplifier =
        new RexSimplify(
            builder,
            RelOptPredicateList.EMPTY,
            context.planner().cluster().getPlanner().getExecutor());
  }

  static RelNode apply(RelNode root, PassContext context) {
    return new SimplifyExpressions(context).rewrite(root);
  }

  private RelNode rewrite(RelNode node) {
    RelNode over = Rebuild.mapInputs(node, this::rewrite);
    return switch (over) {
      case LogicalFilter filter -> filter(filter);
      case LogicalProject project -> project(project);
      case LogicalJoin join -> join(join);
      case Unnest unnest -> unnest.over(unnest.getInput(), value(unnest.value()));
      default -> over;
    };
  }

  private RelNode filter(LogicalFilter filter) {
    RexNode condition = condition(filter.getCondition());
    if (condition.equals(filter.getCondition())) {
      return filter;
    }
    return condition.isAlwaysTrue()
        ? filter.getInput()
        : filter.copy(filter.getTraitSet(), filter.getInput(), condition);
  }

  private RelNode join(LogicalJoin join) {
    RexNode condition =
        switch (join.getJoinType()) {
          case ANTI -> join.getCondition().accept(fold);
          default -> condition(join.getCondition());
        };
    return Rebuild.on(condition, join);
  }

  private RelNode project(LogicalProject project) {
    List<RexNode> simplified = new ArrayList<>();
    for (RexNode expression : project.getProjects()) {
      simplified.add(value(expression));
    }
    return simplified.equals(project.getProjects())
        ? project
        : Rebuild.project(project, project.getInput(), simplified);
  }

  /// The simplifier's answer; the expression as it is where the simplifier trips over a comparison
  /// with NULL that it has made itself on the way, which it takes for an error of its caller.
  private RexNode simplified(RexNode expression, UnaryOperator<RexNode> simplifier) {
    if (comparesTruths(expression)) {
      return expression;
    }
    try {
      return simplifier.apply(expression);
    } catch (AssertionError e) {
      return expression;
    }
  }

  /// Whether truth values that are computed are compared. The library's simplifier then takes an
  /// unknown operand for what an unknown outcome may be taken for: `NOT (FALSE = x)` keeps rows for
  /// which `x` is NULL.
  private static boolean comparesTruths(RexNode expression) {
    if (!(expression instanceof RexCall call)) {
      return false;
    }
    boolean here =
        call.isA(SqlKind.COMPARISON)
            && call.getOperands().stream()
                .anyMatch(
                    operand ->
                        operand instanceof RexCall
                            && CalciteTypes.sqlType(operand.getType()).equals(SqlType.BOOLEAN));
    return here || call.getOperands().stream().anyMatch(SimplifyExpressions::comparesTruths);
  }

  private RexNode asFilter(RexNode expression) {
    return simplifier.simplifyUnknownAs(expression, RexUnknownAs.FALSE);
  }

  private RexNode condition(RexNode condition) {
    RexNode folded = FlatCondition.of(builder, condition.accept(fold));
    if (folded.nodeCount() > MAX_SIMPLIFIED_NODES) {
      return folded;
    }
    RexNode simplified = simplified(folded, this::asFilter);
    RexNode factored = RexUtil.pullFactors(builder, simplified);
    RexNode result =
        factored.equals(simplified) ? simplified : simplified(factored, this::asFilter);
    return FlatCondition.of(builder, withNullSafeEqualities(plain(result)));
  }

  /// The condition without a cast around it that only says whether it may be NULL: nobody asks.
  private static RexNode plain(RexNode condition) {
    return condition instanceof RexCall call
            && call.isA(SqlKind.CAST)
            && CalciteTypes.sqlType(call.getType())
                .equals(CalciteTypes.sqlType(call.getOperands().getFirst().getType()))
        ? plain(call.getOperands().getFirst())
        : condition;
  }

  /// Writes `(a IS NULL AND b IS NULL) OR a = b`, which decorrelation makes, as the one comparison
  /// that a join can use for its table.
  private RexNode withNullSafeEqualities(RexNode condition) {
    List<RexNode> conjuncts = new ArrayList<>();
    for (RexNode conjunct : Conjunction.conjuncts(condition)) {
      conjuncts.add(
          conjunct instanceof RexCall call && call.isA(SqlKind.OR)
              ? RelOptUtil.collapseExpandedIsNotDistinctFromExpr(call, builder)
              : conjunct);
    }
    return RexUtil.composeConjunction(builder, conjuncts);
  }

  private RexNode value(RexNode expression) {
    RexNode folded = expression.accept(fold);
    return folded instanceof RexLiteral
            || RexOver.containsOver(folded)
            || folded.nodeCount() > MAX_SIMPLIFIED_NODES
        ? folded
        : simplified(folded, simplifier::simplifyPreservingType);
  }

  /// Replaces calls of literals by their values, innermost first.
  private static final class Fold extends RexShuttle {
    private final RexBuilder builder;
    private final ConstantFolder folder;

    Fold(RexBuilder builder, ConstantFolder folder) {
      this.builder = builder;
      this.folder = folder;
    }

    @Override
    public RexNode visitOver(RexOver over) {
      return over;
    }

    @Override
    public RexNode visitCall(RexCall call) {
      PlanningCancellation.check();
      RexNode visited = super.visitCall(call);
      if (!(visited instanceof RexCall folded)
          || folded.isA(SqlKind.SEARCH)
          || folded.getOperands().isEmpty()
          || !folded.getOperator().isDeterministic()
          || !folded.getOperands().stream().allMatch(RexLiteral.class::isInstance)) {
        return visited;
      }
      Optional<Constant> value = folder.fold(folded);
      return value.isPresent() ? literal(folded, value.get()) : folded;
    }

    private RexNode literal(RexCall call, Constant value) {
      return Literals.literal(builder, CalciteTypes.sqlType(call.getType()), value);
    }
  }
}

package io.redward.leader.optimizer;

import io.redward.leader.relational.PlannerContext;
import io.redward.leader.relational.PlanningCancellation;
import java.util.List;
import java.util.Set;
import java.util.function.BiConsumer;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;

/// Rewrites a bound statement's tree into an equivalent one that runs well: the list below, from
/// top to bottom. The result has no subqueries and no correlation, its joins are ordered by
/// estimated cost, filters and projections lie as deep as they can.
///
/// What the physical planner may rely on:
/// - set operations: `LogicalUnion` of ALL only, inputs of the same types, nullability apart;
/// - joins: INNER, LEFT, RIGHT, FULL, SEMI, ANTI; the right side is the one estimated cheaper to
///   build a table of, where the kind of join leaves a choice. Conditions are conjunctions;
///   equalities `=` between the sides have expressions of one side each; `IS NOT DISTINCT FROM`
///   comes from set operations; an ANTI join with a conjunct `(equalities) IS NOT FALSE`
///   is a NOT IN with its meaning of NULLs;
/// - `SEARCH` remains only where it tests membership in a list of points, or its complement;
/// - window functions are `RexOver`s in a projection, alone or inside other expressions;
/// - a scan that needs no column has a projection of one literal above it.
public final class Optimizer {
  private static final List<Pass> PASSES =
      List.of(
          new Pass("subqueries to joins", RemoveSubqueries::toJoins),
          new Pass("subqueries to correlated joins", RemoveSubqueries::toCorrelatedJoins),
          new Pass("decorrelate", RemoveSubqueries::decorrelate),
          new Pass("expand literal aggregates", ExpandLiteralAggregates::apply),
          new Pass("rewrite set operations", RewriteSetOperations::apply),
          new Pass("compare in lower case", CaseInsensitivity::apply),
          new Pass("simplify expressions", SimplifyExpressions::apply),
          new Pass("merge projections", MergeProjects::apply),
          new Pass("push and derive filters", PushFilters::applyAndDerive),
          new Pass("simplify expressions", SimplifyExpressions::apply),
          new Pass("prune empty branches", PruneEmpty::apply),
          new Pass("prune columns", PruneColumns::apply),
          new Pass("simplify aggregates", SimplifyAggregates::apply),
          new Pass("reduce group keys", ReduceGroupKeys::apply),
          new Pass("merge projections", MergeProjects::apply),
          new Pass("order joins", OrderJoins::apply),
          new Pass("push filters", PushFilters::apply),
          new Pass("drop sorts and push limits", PushLimits::apply),
          new Pass("prune columns", PruneColumns::apply),
          new Pass("merge projections", MergeProjects::apply),
          new Pass("expand search arguments", ExpandSearches::apply));

  private final ConstantFolder folder;

  public Optimizer(ConstantFolder folder) {
    this.folder = folder;
  }

  /// The optimized tree. Field names and types of the row stay, nullability may narrow.
  public RelNode optimize(PlannerContext planner, RelNode root) {
    return optimize(planner, root, (_, _) -> {});
  }

  /// As above; shows the tree after every pass.
  public RelNode optimize(
      PlannerContext planner, RelNode root, BiConsumer<String, RelNode> observer) {
    planner.cluster().setMetadataQuerySupplier(StatisticsQuery::new);
    PassContext context = new PassContext(planner, folder);
    RelNode node = root;
    for (Pass pass : PASSES) {
      PlanningCancellation.check();
      planner.cluster().invalidateMetadataQuery();
      node = pass.apply(node, context);
      observer.accept(pass.name(), node);
    }
    return named(node, root.getRowType().getFieldNames(), context);
  }

  /// The tree with these field names, which passes may lose where no projection is on top.
  private static RelNode named(RelNode node, List<String> names, PassContext context) {
    if (node.getRowType().getFieldNames().equals(names)) {
      return node;
    }
    boolean project = node instanceof LogicalProject;
    RelNode input = project ? node.getInput(0) : node;
    List<? extends RexNode> fields =
        project
            ? ((LogicalProject) node).getProjects()
            : context.rexBuilder().identityProjects(node.getRowType());
    return LogicalProject.create(input, List.of(), fields, names, Set.of());
  }
}

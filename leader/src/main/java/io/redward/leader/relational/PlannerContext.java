package io.redward.leader.relational;

import java.util.List;
import org.apache.calcite.plan.ConventionTraitDef;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.volcano.VolcanoPlanner;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RelFactories;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexExecutor;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.tools.RelBuilder;

/// What one statement's plan is made with: a cluster with our types and our expression builder. One
/// a statement, used by one thread at a time.
public final class PlannerContext {
  private final RelationalTypeFactory typeFactory;
  private final RelationalRexBuilder rexBuilder;
  private final RelOptCluster cluster;

  private PlannerContext() {
    typeFactory = new RelationalTypeFactory();
    rexBuilder = new RelationalRexBuilder(typeFactory);
    VolcanoPlanner planner = new VolcanoPlanner();
    planner.addRelTraitDef(ConventionTraitDef.INSTANCE);
    planner.setExecutor(new KeepExpressions());
    cluster = RelOptCluster.create(planner, rexBuilder);
    cluster.setMetadataQuerySupplier(GeneratedMetadataQuery::new);
  }

  public static PlannerContext create() {
    return new PlannerContext();
  }

  public RelOptCluster cluster() {
    return cluster;
  }

  public RelationalTypeFactory typeFactory() {
    return typeFactory;
  }

  public RexBuilder rexBuilder() {
    return rexBuilder;
  }

  /// A new builder of operator trees, with an empty stack. It simplifies nothing in passing, so
  /// that the tree is what was written.
  public RelBuilder relBuilder() {
    return RelBuilder.proto(
            RelFactories.DEFAULT_STRUCT,
            RelBuilder.Config.DEFAULT
                .withSimplify(false)
                .withSimplifyLimit(false)
                .withSimplifyValues(false)
                .withPruneInputOfAggregate(false)
                .withPushJoinCondition(false)
                .withBloat(-1))
        .create(cluster, null);
  }

  /// A leaf that reads a table.
  public RelNode scan(RelOptTable table) {
    return LogicalTableScan.create(cluster, table, List.of());
  }

  /// The library's rules ask the planner to evaluate constant expressions and would otherwise
  /// compile Java for it. Folding is a pass of ours; here every expression stays as it is.
  private static final class KeepExpressions implements RexExecutor {
    @Override
    public void reduce(RexBuilder builder, List<RexNode> expressions, List<RexNode> reduced) {
      reduced.addAll(expressions);
    }
  }
}

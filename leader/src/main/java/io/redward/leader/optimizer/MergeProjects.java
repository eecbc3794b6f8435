package io.redward.leader.optimizer;

import java.util.List;
import org.apache.calcite.plan.RelOptUtil;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;

/// Joins a projection with one below it and drops projections that change nothing. Two are kept
/// apart where merging would work out a long expression several times, evaluate a function that is
/// not deterministic twice, or put a window function inside another.
final class MergeProjects {
  /// How many expression nodes a merged projection may have beyond those of the two.
  private static final int BLOAT = 8;

  private MergeProjects() {}

  static RelNode apply(RelNode root, PassContext context) {
    RelNode over = Rebuild.mapInputs(root, MergeProjects::rewrite);
    return over instanceof LogicalProject project ? merged(project) : over;
  }

  private static RelNode rewrite(RelNode node) {
    RelNode over = Rebuild.mapInputs(node, MergeProjects::rewrite);
    return over instanceof LogicalProject project ? withoutIdentity(merged(project)) : over;
  }

  private static RelNode withoutIdentity(RelNode node) {
    return node instanceof LogicalProject project
            && RexUtil.isIdentity(project.getProjects(), project.getInput().getRowType())
        ? project.getInput()
        : node;
  }

  private static RelNode merged(LogicalProject project) {
    if (!(project.getInput() instanceof LogicalProject below)
        || !project.getVariablesSet().isEmpty()
        || !below.getVariablesSet().isEmpty()
        || !below.getProjects().stream().allMatch(RexUtil::isDeterministic)) {
      return project;
    }
    List<RexNode> expressions =
        RelOptUtil.pushPastProjectUnlessBloat(project.getProjects(), below, BLOAT);
    return expressions == null ? project : Rebuild.project(project, below.getInput(), expressions);
  }
}

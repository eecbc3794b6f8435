package io.redward.leader.optimizer;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelCollations;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Join;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexOver;

/// Drops a sort whose order nobody sees (in a subquery, under another sort, below an aggregate or a
/// join, of at most one row) and gives every branch of a UNION ALL under a limit that limit too. A
/// sort with a limit stays one operator: execution keeps the first rows only.
///
/// An order below an aggregate is dropped although LISTAGG may read it: ordered aggregates say
/// their own order.
final class PushLimits {
  private final RexBuilder builder;

  private PushLimits(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode apply(RelNode root, PassContext context) {
    return new PushLimits(context.rexBuilder()).rewrite(root, true);
  }

  /// @param ordered whether the order of the node's rows is seen above
  private RelNode rewrite(RelNode node, boolean ordered) {
    return switch (node) {
      case LogicalSort sort -> sort(sort, ordered);
      case LogicalProject project ->
          Rebuild.mapInputs(
              project,
              input ->
                  rewrite(input, ordered && !RexOver.containsOver(project.getProjects(), null)));
      case LogicalFilter filter -> Rebuild.mapInputs(filter, input -> rewrite(input, ordered));
      case Aggregate _, Join _, SetOp _ -> Rebuild.mapInputs(node, input -> rewrite(input, false));
      default -> Rebuild.mapInputs(node, input -> rewrite(input, false));
    };
  }

  private RelNode sort(LogicalSort sort, boolean ordered) {
    boolean limits = sort.fetch != null || sort.offset != null;
    boolean sorts = !sort.getCollation().getFieldCollations().isEmpty();
    boolean single = yieldsOneRow(sort.getInput());
    if (!limits && (!ordered || !sorts || single)) {
      return rewrite(sort.getInput(), ordered);
    }
    RelNode input = rewrite(sort.getInput(), !sorts && ordered);
    LogicalSort over =
        LogicalSort.create(
            input, single ? RelCollations.EMPTY : sort.getCollation(), sort.offset, sort.fetch);
    return input instanceof LogicalUnion union && union.all && limit(sort) > 0
        ? limitBranches(over, union)
        : over;
  }

  private static boolean yieldsOneRow(RelNode node) {
    return switch (node) {
      case Aggregate aggregate ->
          aggregate.getGroupCount() == 0 && aggregate.getGroupSets().size() == 1;
      case LogicalProject project -> yieldsOneRow(project.getInput());
      case LogicalFilter filter -> yieldsOneRow(filter.getInput());
      case Values values -> values.tuples.size() <= 1;
      default -> false;
    };
  }

  /// The rows that a sort lets through from its input, or 0 if that is not a small known number.
  private static long limit(LogicalSort sort) {
    if (!(sort.fetch instanceof RexLiteral fetch)
        || sort.offset != null && !(sort.offset instanceof RexLiteral)) {
      return 0;
    }
    long offset = sort.offset == null ? 0 : RexLiteral.intValue(sort.offset);
    long limit = RexLiteral.intValue(fetch) + offset;
    return limit <= Integer.MAX_VALUE ? limit : 0;
  }

  private RelNode limitBranches(LogicalSort sort, LogicalUnion union) {
    List<RelNode> branches = new ArrayList<>();
    for (RelNode branch : union.getInputs()) {
      branches.add(
          branch instanceof LogicalSort
              ? branch
              : LogicalSort.create(
                  branch,
                  sort.getCollation(),
                  null,
                  builder.makeExactLiteral(BigDecimal.valueOf(limit(sort)))));
    }
    return sort.copy(sort.getTraitSet(), List.of(LogicalUnion.create(branches, true)));
  }
}

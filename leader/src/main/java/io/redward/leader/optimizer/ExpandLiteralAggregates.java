package io.redward.leader.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/// Takes the aggregates that answer a literal for every group, which the removal of subqueries
/// makes, out of their operator: the literal goes into a projection above it.
final class ExpandLiteralAggregates {
  private ExpandLiteralAggregates() {}

  static RelNode apply(RelNode root, PassContext context) {
    return rewrite(root, context.rexBuilder());
  }

  private static RelNode rewrite(RelNode node, RexBuilder builder) {
    RelNode over = Rebuild.mapInputs(node, input -> rewrite(input, builder));
    return over instanceof LogicalAggregate aggregate
            && aggregate.getAggCallList().stream().anyMatch(ExpandLiteralAggregates::isLiteral)
            && aggregate.getGroupCount() > 0
        ? expand(aggregate, builder)
        : over;
  }

  private static boolean isLiteral(AggregateCall call) {
    return call.getAggregation().getKind() == SqlKind.LITERAL_AGG;
  }

  private static RelNode expand(LogicalAggregate aggregate, RexBuilder builder) {
    List<AggregateCall> kept =
        aggregate.getAggCallList().stream().filter(call -> !isLiteral(call)).toList();
    RelNode narrow =
        LogicalAggregate.create(
            aggregate.getInput(),
            List.of(),
            aggregate.getGroupSet(),
            aggregate.getGroupSets(),
            kept);
    List<RexNode> expressions = new ArrayList<>();
    for (int i = 0; i < aggregate.getGroupCount(); i++) {
      expressions.add(builder.makeInputRef(narrow, i));
    }
    int next = aggregate.getGroupCount();
    for (AggregateCall call : aggregate.getAggCallList()) {
      expressions.add(
          isLiteral(call) ? call.rexList.getFirst() : builder.makeInputRef(narrow, next++));
    }
    return LogicalProject.create(
        narrow, List.of(), expressions, aggregate.getRowType().getFieldNames(), Set.of());
  }
}

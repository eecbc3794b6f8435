package io.redward.leader.optimizer;

import io.redward.leader.relational.Unnest;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.Sort;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalFilter;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.logical.LogicalValues;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;

/// Cuts off what can yield no row: below a condition that is never true or a limit of nothing, and
/// from there upwards. An aggregate without GROUP BY answers one row even of nothing and stays.
final class PruneEmpty {
  private final RexBuilder builder;

  private PruneEmpty(RexBuilder builder) {
    this.builder = builder;
  }

  static RelNode apply(RelNode root, PassContext context) {
    return new PruneEmpty(context.rexBuilder()).rewrite(root);
  }

  private RelNode rewrite(RelNode node) {
    RelNode over = Rebuild.mapInputs(node, this::rewrite);
    return switch (over) {
      case LogicalFilter filter when isNever(filter.getCondition()) || isEmpty(filter.getInput()) ->
          empty(filter);
      case LogicalProject project when isEmpty(project.getInput()) -> empty(project);
      case Unnest unnest when isEmpty(unnest.getInput()) -> empty(unnest);
      case LogicalSort sort when isEmpty(sort.getInput()) || fetchesNothing(sort) -> empty(sort);
      case LogicalAggregate aggregate
          when isEmpty(aggregate.getInput()) && !hasEmptyGroup(aggregate) ->
          empty(aggregate);
      case LogicalJoin join -> join(join);
      case LogicalUnion union when union.all -> union(union);
      default -> over;
    };
  }

  private static boolean isNever(RexNode condition) {
    return condition.isAlwaysFalse() || condition instanceof RexLiteral literal && literal.isNull();
  }

  private static boolean isEmpty(RelNode node) {
    return node instanceof LogicalValues values && values.tuples.isEmpty();
  }

  private static boolean fetchesNothing(Sort sort) {
    return sort.fetch instanceof RexLiteral fetch && RexLiteral.intValue(fetch) == 0;
  }

  private static boolean hasEmptyGroup(Aggregate aggregate) {
    return aggregate.hasEmptyGroup();
  }

  private static RelNode empty(RelNode node) {
    return LogicalValues.createEmpty(node.getCluster(), node.getRowType());
  }

  private RelNode join(LogicalJoin join) {
    boolean never = isNever(join.getCondition());
    boolean left = isEmpty(join.getLeft());
    boolean right = isEmpty(join.getRight()) || never;
    return switch (join.getJoinType()) {
      case INNER, SEMI -> left || right ? empty(join) : join;
      case ANTI -> left ? empty(join) : right ? join.getLeft() : join;
      case LEFT -> left ? empty(join) : right ? leftAlone(join) : join;
      case RIGHT -> isEmpty(join.getRight()) ? empty(join) : join;
      default -> left && isEmpty(join.getRight()) ? empty(join) : join;
    };
  }

  /// The left rows with NULLs for the right side.
  private RelNode leftAlone(LogicalJoin join) {
    int left = join.getLeft().getRowType().getFieldCount();
    List<RexNode> expressions = new ArrayList<>();
    for (int i = 0; i < join.getRowType().getFieldCount(); i++) {
      expressions.add(
          i < left
              ? builder.makeInputRef(join.getLeft(), i)
              : builder.makeNullLiteral(join.getRowType().getFieldList().get(i).getType()));
    }
    return LogicalProject.create(
        join.getLeft(), List.of(), expressions, join.getRowType().getFieldNames(), Set.of());
  }

  private static RelNode union(LogicalUnion union) {
    List<RelNode> inputs = union.getInputs().stream().filter(input -> !isEmpty(input)).toList();
    if (inputs.size() == union.getInputs().size()) {
      return union;
    }
    if (inputs.isEmpty()) {
      return empty(union);
    }
    return inputs.size() == 1 ? inputs.getFirst() : LogicalUnion.create(inputs, true);
  }
}

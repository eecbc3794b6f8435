package io.redward.leader.optimizer;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.SetOp;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.logical.LogicalIntersect;
import org.apache.calcite.rel.logical.LogicalJoin;
import org.apache.calcite.rel.logical.LogicalMinus;
import org.apache.calcite.rel.logical.LogicalProject;
import org.apache.calcite.rel.logical.LogicalUnion;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.util.ImmutableBitSet;

/// Leaves UNION ALL as the only set operation. UNION is a DISTINCT over it, INTERSECT a SEMI join
/// and EXCEPT an ANTI join of distinct rows on `IS NOT DISTINCT FROM` of all columns, since set
/// operations take NULLs for equal. Nested UNION ALLs become one.
final class RewriteSetOperations {
  private RewriteSetOperations() {}

  static RelNode apply(RelNode root, PassContext context) {
    return rewrite(root, context.rexBuilder());
  }

  private static RelNode rewrite(RelNode node, RexBuilder builder) {
    RelNode over = Rebuild.mapInputs(node, input -> rewrite(input, builder));
    return switch (over) {
      case LogicalUnion union -> union(union, builder);
      case LogicalIntersect intersect when !intersect.all ->
          join(intersect, JoinRelType.SEMI, builder);
      case LogicalMinus minus when !minus.all -> join(minus, JoinRelType.ANTI, builder);
      default -> over;
    };
  }

  private static RelNode union(LogicalUnion union, RexBuilder builder) {
    List<RelNode> inputs = new ArrayList<>();
    for (RelNode input : union.getInputs()) {
      RelNode typed = typed(input, union.getRowType(), builder);
      if (typed instanceof LogicalUnion inner && inner.all) {
        inputs.addAll(inner.getInputs());
      } else {
        inputs.add(typed);
      }
    }
    RelNode all = inputs.size() == 1 ? inputs.getFirst() : LogicalUnion.create(inputs, true);
    return union.all ? all : distinct(all);
  }

  /// The input with exactly the types of the result, nullability apart.
  private static RelNode typed(RelNode input, RelDataType row, RexBuilder builder) {
    List<RexNode> expressions = new ArrayList<>();
    boolean same = true;
    for (int i = 0; i < row.getFieldCount(); i++) {
      RexNode field = builder.makeInputRef(input, i);
      RelDataType wanted =
          builder
              .getTypeFactory()
              .createTypeWithNullability(
                  row.getFieldList().get(i).getType(), field.getType().isNullable());
      same &= wanted.equals(field.getType());
      expressions.add(wanted.equals(field.getType()) ? field : builder.makeCast(wanted, field));
    }
    return same
        ? input
        : LogicalProject.create(input, List.of(), expressions, row.getFieldNames(), Set.of());
  }

  private static RelNode distinct(RelNode input) {
    ImmutableBitSet all = ImmutableBitSet.range(input.getRowType().getFieldCount());
    return LogicalAggregate.create(input, List.of(), all, List.of(all), List.of());
  }

  private static RelNode join(SetOp operation, JoinRelType type, RexBuilder builder) {
    RelNode left = distinct(typed(operation.getInput(0), operation.getRowType(), builder));
    for (RelNode input : operation.getInputs().subList(1, operation.getInputs().size())) {
      RelNode right = typed(input, operation.getRowType(), builder);
      left =
          LogicalJoin.create(left, right, List.of(), sameRow(left, right, builder), Set.of(), type);
    }
    return left;
  }

  private static RexNode sameRow(RelNode left, RelNode right, RexBuilder builder) {
    int count = left.getRowType().getFieldCount();
    List<RexNode> same = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      RelDataType rightType = right.getRowType().getFieldList().get(i).getType();
      RexNode a = builder.makeInputRef(left, i);
      RexNode b = builder.makeInputRef(rightType, count + i);
      boolean nullable = a.getType().isNullable() || rightType.isNullable();
      same.add(
          builder.makeCall(
              nullable ? SqlStdOperatorTable.IS_NOT_DISTINCT_FROM : SqlStdOperatorTable.EQUALS,
              a,
              b));
    }
    return RexUtil.composeConjunction(builder, same);
  }
}

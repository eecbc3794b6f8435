package io.redward.leader.relational;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexOver;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.sql.SqlKind;

/// Writes an AND of ANDs as one AND and an OR of ORs as one OR, at every depth: the form in which
/// the algebra library wants conditions.
public final class FlatCondition {
  private FlatCondition() {}

  public static RexNode of(RexBuilder builder, RexNode condition) {
    return condition.accept(new Flattener(builder));
  }

  private static final class Flattener extends RexShuttle {
    private final RexBuilder builder;

    Flattener(RexBuilder builder) {
      this.builder = builder;
    }

    @Override
    public RexNode visitOver(RexOver over) {
      return over;
    }

    @Override
    public RexNode visitCall(RexCall call) {
      RexNode visited = super.visitCall(call);
      if (!(visited instanceof RexCall inner)
          || !(inner.isA(SqlKind.AND) || inner.isA(SqlKind.OR))
          || inner.getOperands().stream().noneMatch(operand -> operand.isA(inner.getKind()))) {
        return visited;
      }
      List<RexNode> operands = new ArrayList<>();
      for (RexNode operand : inner.getOperands()) {
        if (operand.isA(inner.getKind())) {
          operands.addAll(((RexCall) operand).getOperands());
        } else {
          operands.add(operand);
        }
      }
      return builder.makeCall(inner.getType(), inner.getOperator(), operands);
    }
  }
}

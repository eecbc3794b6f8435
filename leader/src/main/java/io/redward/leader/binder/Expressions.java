package io.redward.leader.binder;

import io.redward.foundation.types.SqlType;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.CatalogFunction;
import io.redward.leader.relational.Literals;
import io.redward.leader.relational.PlannerContext;
import io.redward.plan.expression.Constant;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Makes the plan's expressions, always with the type given.
final class Expressions {
  private final RexBuilder builder;
  private int written;

  Expressions(PlannerContext planner) {
    builder = planner.rexBuilder();
  }

  RexBuilder builder() {
    return builder;
  }

  static SqlType typeOf(RexNode node) {
    return CalciteTypes.sqlType(node.getType());
  }

  static boolean isNullLiteral(RexNode node) {
    return node instanceof RexLiteral literal && literal.isNull();
  }

  RelDataType type(SqlType type, boolean nullable) {
    return CalciteTypes.relType(builder.getTypeFactory(), type, nullable);
  }

  RexNode literal(SqlType type, Constant value) {
    return Literals.literal(builder, type, value);
  }

  RexNode integer(int value) {
    return literal(SqlType.INTEGER, new Constant.IntValue(value));
  }

  RexNode bool(boolean value) {
    return literal(SqlType.BOOLEAN, Constant.of(value));
  }

  /// A string whose type is open.
  RexNode unknown(String text) {
    return literal(SqlType.UNKNOWN, Constant.of(text));
  }

  RexNode string(String text) {
    return Literals.string(builder, text);
  }

  RexNode nullOf(SqlType type) {
    return literal(type, Constant.NULL);
  }

  RexNode call(SqlType type, boolean nullable, SqlOperator operator, RexNode... operands) {
    return builder.makeCall(type(type, nullable), operator, List.of(operands));
  }

  /// A call that is NULL where an operand is.
  RexNode strict(SqlType type, SqlOperator operator, RexNode... operands) {
    return call(type, anyNullable(List.of(operands)), operator, operands);
  }

  RexNode and(List<RexNode> conditions) {
    return junction(SqlStdOperatorTable.AND, conditions, true);
  }

  RexNode or(List<RexNode> conditions) {
    return junction(SqlStdOperatorTable.OR, conditions, false);
  }

  /// The algebra wants an AND never to be directly inside an AND, nor an OR inside an OR.
  private RexNode junction(SqlOperator operator, List<RexNode> operands, boolean neutral) {
    List<RexNode> conditions = new ArrayList<>();
    for (RexNode operand : operands) {
      if (operand instanceof RexCall call && call.getOperator() == operator) {
        conditions.addAll(call.getOperands());
      } else {
        conditions.add(operand);
      }
    }
    return switch (conditions.size()) {
      case 0 -> bool(neutral);
      case 1 -> conditions.getFirst();
      default ->
          builder.makeCall(type(SqlType.BOOLEAN, anyNullable(conditions)), operator, conditions);
    };
  }

  RexNode not(RexNode condition) {
    return strict(SqlType.BOOLEAN, SqlStdOperatorTable.NOT, condition);
  }

  RexNode isNull(RexNode operand) {
    return call(SqlType.BOOLEAN, false, SqlStdOperatorTable.IS_NULL, operand);
  }

  RexNode isNotNull(RexNode operand) {
    return call(SqlType.BOOLEAN, false, SqlStdOperatorTable.IS_NOT_NULL, operand);
  }

  /// CASE: the value whose condition is the first to hold, else the last value. The values have
  /// one type.
  RexNode cases(List<RexNode> conditions, List<RexNode> values) {
    List<RexNode> operands = new ArrayList<>();
    for (int i = 0; i < conditions.size(); i++) {
      operands.add(conditions.get(i));
      operands.add(values.get(i));
    }
    operands.add(values.getLast());
    return builder.makeCall(
        type(typeOf(values.getLast()), anyNullable(values)), SqlStdOperatorTable.CASE, operands);
  }

  /// A call known never to be NULL, with a type that says so.
  RexNode notNull(RexNode node) {
    return node instanceof RexCall call && node.getType().isNullable()
        ? builder.makeCall(type(typeOf(node), false), call.getOperator(), call.getOperands())
        : node;
  }

  /// An operand that is to stand in several places of the plan and was written once: volatile
  /// functions in it are asked once a row.
  RexNode shared(RexNode node) {
    return RexUtil.isDeterministic(node) ? node : node.accept(new Sharing());
  }

  private final class Sharing extends RexShuttle {
    @Override
    public RexNode visitCall(RexCall call) {
      RexNode copy = super.visitCall(call);
      return copy instanceof RexCall made
              && made.getOperator() instanceof CatalogFunction function
              && !function.isDeterministic()
              && !function.isOnce()
          ? builder.makeCall(made.getType(), function.once(written++), made.getOperands())
          : copy;
    }
  }

  /// The input's column at `index`.
  RexNode column(RelNode input, int index) {
    return RexInputRef.of(index, input.getRowType());
  }

  /// All columns of the input.
  List<RexNode> columns(RelNode input) {
    List<RexNode> columns = new ArrayList<>();
    for (int i = 0; i < input.getRowType().getFieldCount(); i++) {
      columns.add(column(input, i));
    }
    return columns;
  }

  static boolean anyNullable(List<RexNode> nodes) {
    return nodes.stream().anyMatch(node -> node.getType().isNullable());
  }
}

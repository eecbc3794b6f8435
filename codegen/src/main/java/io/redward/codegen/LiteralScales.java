package io.redward.codegen;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import io.redward.runtime.number.DecimalMath;

/// Brings literals to the scale that a decimal sum needs, so that rows need not: the 1 of
/// `1 - l_discount` becomes 1.00.
final class LiteralScales {
  private LiteralScales() {}

  static Arithmetic aligned(Arithmetic operation) {
    boolean sum =
        operation.operator() == Arithmetic.Operator.ADD
            || operation.operator() == Arithmetic.Operator.SUBTRACT;
    if (!sum || operation.type().kind() != TypeKind.DECIMAL) {
      return operation;
    }
    return new Arithmetic(
        operation.operator(),
        aligned(operation.left(), operation.type().scale()),
        aligned(operation.right(), operation.type().scale()),
        operation.type(),
        operation.physical());
  }

  private static Expression aligned(Expression operand, int scale) {
    if (!(operand instanceof Literal(SqlType type, Constant value)) || type.scale() >= scale) {
      return operand;
    }
    int digits = scale - type.scale();
    long unscaled;
    switch (value) {
      case Constant.IntValue(int number) -> unscaled = number;
      case Constant.LongValue(long number) -> unscaled = number;
      default -> {
        return operand;
      }
    }
    int precision = digits(unscaled) + digits;
    if (precision > SqlType.MAX_LONG_DECIMAL_PRECISION) {
      return operand;
    }
    SqlType wider = SqlType.decimal(Math.max(precision, scale), scale);
    return new Literal(wider, new Constant.LongValue(unscaled * DecimalMath.power(digits)));
  }

  private static int digits(long value) {
    return Long.toString(Math.abs(value)).length();
  }
}

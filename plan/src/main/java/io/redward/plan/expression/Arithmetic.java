package io.redward.plan.expression;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import java.util.List;

/// A numeric operator. Overflow is an error (22003), division by zero 22012; NULL if either side
/// is.
///
/// Integer and floating operands have the result's type. Decimal operands keep their own scales and
/// precisions; the result is the exact value rounded half away from zero to the result's scale:
/// ADD and SUBTRACT align the scales, MULTIPLY adds them, DIVIDE scales the dividend up. `physical`
/// may be LONG for a decimal result of more than 18 digits where values are proved to fit; an
/// INT128 result must still be checked against the type's precision.
public record Arithmetic(
    Operator operator, Expression left, Expression right, SqlType type, Physical physical)
    implements Expression {
  /// The operators.
  public enum Operator {
    ADD("+"),
    SUBTRACT("-"),
    MULTIPLY("*"),
    DIVIDE("/"),
    MODULO("%");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }
  }

  @Override
  public boolean nullable() {
    return left.nullable() || right.nullable();
  }

  @Override
  public List<Expression> children() {
    return List.of(left, right);
  }
}

package io.redward.plan.expression;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import java.util.List;

/// Unary minus, with overflow checked.
public record Negate(Expression operand) implements Expression {
  @Override
  public SqlType type() {
    return operand.type();
  }

  @Override
  public Physical physical() {
    return operand.physical();
  }

  @Override
  public boolean nullable() {
    return operand.nullable();
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }
}

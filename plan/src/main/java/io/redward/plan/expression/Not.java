package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// Logical negation; NULL stays NULL.
public record Not(Expression operand) implements Expression {
  @Override
  public SqlType type() {
    return SqlType.BOOLEAN;
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

package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// `operand IN (constants)`: none of `values` is NULL, all have the operand's type and scale.
public record InList(Expression operand, List<Constant> values) implements Expression {
  public InList {
    values = List.copyOf(values);
  }

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

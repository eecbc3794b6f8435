package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// True where the operand is NULL; never NULL itself.
public record IsNull(Expression operand) implements Expression {
  @Override
  public SqlType type() {
    return SqlType.BOOLEAN;
  }

  @Override
  public boolean nullable() {
    return false;
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }
}

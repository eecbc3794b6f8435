package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// AND or OR of two or more conditions, three-valued. Evaluated left to right and cut short where
/// the outcome is certain.
public record Logical(Operator operator, List<Expression> operands) implements Expression {
  /// The operators.
  public enum Operator {
    AND,
    OR
  }

  public Logical {
    operands = List.copyOf(operands);
  }

  @Override
  public SqlType type() {
    return SqlType.BOOLEAN;
  }

  @Override
  public boolean nullable() {
    return operands.stream().anyMatch(Expression::nullable);
  }

  @Override
  public List<Expression> children() {
    return operands;
  }
}

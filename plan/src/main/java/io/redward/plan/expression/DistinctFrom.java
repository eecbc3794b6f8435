package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// `left IS DISTINCT FROM right`: inequality in which NULL equals NULL. `x IS TRUE` is
/// `NOT (x IS DISTINCT FROM TRUE)`.
public record DistinctFrom(Expression left, Expression right) implements Expression {
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
    return List.of(left, right);
  }
}

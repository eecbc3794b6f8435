package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// A constant. Generated code keeps it in a field, so that one class serves all constants of a
/// shape.
public record Literal(SqlType type, Constant value) implements Expression {
  @Override
  public boolean nullable() {
    return value instanceof Constant.Null;
  }

  @Override
  public List<Expression> children() {
    return List.of();
  }
}

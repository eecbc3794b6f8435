package io.redward.leader.command;

import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;

/// Computes a column's DEFAULT.
@FunctionalInterface
public interface DefaultValue {
  /// The expression's value as a value of the type.
  Constant evaluate(String expression, SqlType type);
}

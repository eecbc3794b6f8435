package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// A value that is fixed for one execution of the plan and given with it: a client's `$n`, a
/// literal taken out of the text so that the plan can be reused, `GETDATE()`, `CURRENT_USER`.
///
/// @param index into the execution's parameter values, from 0
public record Parameter(int index, SqlType type, boolean nullable) implements Expression {
  @Override
  public List<Expression> children() {
    return List.of();
  }
}

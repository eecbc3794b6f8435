package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// A call of a function of the catalogue, already resolved to one implementation.
///
/// @param functionId the id under which `functions/` knows the implementation
/// @param nullable false only if the function never answers NULL for these arguments
public record Call(String functionId, List<Expression> arguments, SqlType type, boolean nullable)
    implements Expression {
  public Call {
    arguments = List.copyOf(arguments);
  }

  @Override
  public List<Expression> children() {
    return arguments;
  }
}

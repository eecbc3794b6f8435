package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// A call of a function of the catalogue, already resolved to one implementation.
///
/// @param functionId the id under which `functions/` knows the implementation
/// @param nullable false only if the function never answers NULL for these arguments
public record Call(String functionId, List<Expression> arguments, SqlType type, boolean nullable)
    implements Expression {
  /// What stands behind the id of a volatile call that a statement writes once and a plan several
  /// times, with a number: for one row all of them have one answer.
  public static final String ONCE = "@once";

  public Call {
    arguments = List.copyOf(arguments);
  }

  /// The id without what tells written calls apart.
  public String function() {
    int mark = functionId.indexOf(ONCE);
    return mark < 0 ? functionId : functionId.substring(0, mark);
  }

  /// True if other calls may be the same as this one, though the function is volatile.
  public boolean isOnce() {
    return functionId.indexOf(ONCE) >= 0;
  }

  @Override
  public List<Expression> children() {
    return arguments;
  }
}

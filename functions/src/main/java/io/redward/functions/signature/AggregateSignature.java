package io.redward.functions.signature;

import io.redward.foundation.types.SqlType;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.plan.step.SinkStep.WindowFunction;
import java.util.List;
import java.util.Optional;

/// A name that is an aggregate, a window function, or both.
///
/// @param aggregate what it is without OVER; empty for window functions proper
/// @param window what it is with OVER; empty where it has no window form
/// @param arguments what it takes
/// @param result its type, from the types the arguments were cast to
/// @param placement COMPUTE_ONLY for those that need a user table
/// @param summary one sentence for the manual
public record AggregateSignature(
    String name,
    Optional<AggregateFunction> aggregate,
    Optional<WindowFunction> window,
    ArgumentRule arguments,
    ResultRule result,
    Placement placement,
    String summary) {
  /// What the arguments of a call are cast to; empty if the function does not take them.
  @FunctionalInterface
  public interface ArgumentRule {
    Optional<List<SqlType>> coerced(List<SqlType> arguments);
  }
}

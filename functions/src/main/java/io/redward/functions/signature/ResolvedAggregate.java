package io.redward.functions.signature;

import io.redward.foundation.types.SqlType;
import io.redward.plan.step.SinkStep.AggregateFunction;
import java.util.List;

/// The aggregate function that a call means.
///
/// @param parameterTypes what the arguments are to be cast to, where they differ
/// @param type of the result; NULL for no rows, except of the counts
public record ResolvedAggregate(
    AggregateFunction function, List<SqlType> parameterTypes, SqlType type) {
  public ResolvedAggregate {
    parameterTypes = List.copyOf(parameterTypes);
  }
}

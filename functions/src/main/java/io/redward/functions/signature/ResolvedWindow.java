package io.redward.functions.signature;

import io.redward.foundation.types.SqlType;
import io.redward.plan.step.SinkStep.WindowFunction;
import java.util.List;

/// The window function that a call with OVER means.
///
/// @param parameterTypes what the arguments are to be cast to, where they differ
public record ResolvedWindow(WindowFunction function, List<SqlType> parameterTypes, SqlType type) {
  public ResolvedWindow {
    parameterTypes = List.copyOf(parameterTypes);
  }
}

package io.redward.functions.signature;

import io.redward.foundation.types.SqlType;
import java.util.List;
import java.util.Optional;

/// The function that a call in a statement means.
///
/// @param functionId what a plan's call names; the key of the implementation
/// @param parameterTypes what the written arguments are to be cast to, where they differ
/// @param extraArguments what the binder appends to the written arguments
/// @param type of the result for these arguments
/// @param mayAnswerNull whether the answer can be NULL though no argument is
/// @param stable if present, the call is no call: its value is asked of the session once an
///     execution
public record ResolvedFunction(
    String functionId,
    List<SqlType> parameterTypes,
    List<ExtraArgument> extraArguments,
    SqlType type,
    Volatility volatility,
    Placement placement,
    boolean mayAnswerNull,
    Optional<StableFunction> stable) {
  public ResolvedFunction {
    parameterTypes = List.copyOf(parameterTypes);
    extraArguments = List.copyOf(extraArguments);
  }
}

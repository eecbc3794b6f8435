package io.redward.functions.user;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// What CREATE FUNCTION says.
///
/// @param name of the function
/// @param parameters in order
/// @param skipsNulls NULL among the arguments makes the answer NULL and nothing runs
/// @param body between its quotes
public record FunctionSource(
    String name, List<Parameter> parameters, SqlType returns, boolean skipsNulls, String body) {
  /// @param name empty if it has none
  public record Parameter(String name, SqlType type) {}

  public FunctionSource {
    parameters = List.copyOf(parameters);
  }
}

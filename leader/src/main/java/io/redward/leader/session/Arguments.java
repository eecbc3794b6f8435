package io.redward.leader.session;

import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import java.util.List;
import java.util.Optional;

/// Values for a statement's parameters.
///
/// @param hints the types the client declared when it prepared the statement, by which the same
///     plan is found again
/// @param types the types that the plan gave the parameters
/// @param values one each parameter, in the form of the type the plan gave it
/// @param last the plan that the statement was run with last, if it is run again and again
record Arguments(
    List<SqlType> hints, List<SqlType> types, List<Constant> values, Optional<LastPlan> last) {
  static final Arguments NONE = new Arguments(List.of(), List.of(), List.of());

  /// For a statement that is run once.
  Arguments(List<SqlType> hints, List<SqlType> types, List<Constant> values) {
    this(hints, types, values, Optional.empty());
  }

  Arguments {
    hints = List.copyOf(hints);
    types = List.copyOf(types);
    values = List.copyOf(values);
  }
}

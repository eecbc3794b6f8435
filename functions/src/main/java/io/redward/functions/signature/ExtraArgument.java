package io.redward.functions.signature;

import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;

/// An argument that the user did not write and the implementation needs: the binder appends these
/// to a call, in order, after the written arguments.
public sealed interface ExtraArgument {
  SqlType type();

  /// A constant known when the call is resolved: a decimal's scale, a date part.
  record Fixed(SqlType type, Constant value) implements ExtraArgument {}

  /// A value of the session: the time zone, the session's handle.
  record OfSession(StableFunction function) implements ExtraArgument {
    @Override
    public SqlType type() {
      return function.type();
    }
  }

  static ExtraArgument of(int value) {
    return new Fixed(SqlType.INTEGER, new Constant.IntValue(value));
  }
}

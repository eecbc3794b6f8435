package io.redward.leader.binder;

import io.redward.foundation.types.SqlType;
import io.redward.functions.signature.StableFunction;

/// A value that a plan takes at execution.
public sealed interface BoundParameter {
  SqlType type();

  /// The client's `$number`, from 1.
  record ClientValue(int number, SqlType type) implements BoundParameter {}

  /// What the session knows for the whole execution: `GETDATE()`, its time zone.
  record StableValue(StableFunction function) implements BoundParameter {
    @Override
    public SqlType type() {
      return function.type();
    }
  }
}

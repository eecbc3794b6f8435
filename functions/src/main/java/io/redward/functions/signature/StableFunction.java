package io.redward.functions.signature;

import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import java.util.function.Function;

/// A value that one execution of a statement asks its session for, once: `GETDATE()`,
/// `CURRENT_USER`, the session's time zone. The leader evaluates it and hands it to the plan as a
/// parameter.
///
/// Equal if the ids are.
public record StableFunction(String id, SqlType type, Function<SessionValues, Constant> rule) {
  /// The value for this execution, in the physical form of [#type()].
  public Constant evaluate(SessionValues session) {
    return rule.apply(session);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof StableFunction that && id.equals(that.id);
  }

  @Override
  public int hashCode() {
    return id.hashCode();
  }

  @Override
  public String toString() {
    return id;
  }
}

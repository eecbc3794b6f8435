package io.redward.leader.session;

import io.redward.plan.expression.Constant;

/// A value for a statement's parameter.
public sealed interface ParameterValue {
  /// As text, to be converted to the parameter's type like an untyped literal.
  record Text(String text) implements ParameterValue {}

  /// Already in the physical form of the parameter's type.
  record Typed(Constant value) implements ParameterValue {}

  /// SQL NULL.
  record Null() implements ParameterValue {}
}

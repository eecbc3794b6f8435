package io.redward.plan.expression;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import java.util.List;

/// A scalar expression. Trees are immutable; `children` are in evaluation order.
public sealed interface Expression
    permits FieldRef,
        Literal,
        Parameter,
        Arithmetic,
        Negate,
        Comparison,
        Logical,
        Not,
        IsNull,
        DistinctFrom,
        InList,
        Like,
        Case,
        Cast,
        Call {
  SqlType type();

  /// False only if the value is present in every row.
  boolean nullable();

  List<Expression> children();

  /// The form the value takes in a local. A decimal may be narrower than its type asks for, where
  /// the planner has proved from statistics that every value fits a `long`.
  default Physical physical() {
    return type().physical();
  }
}

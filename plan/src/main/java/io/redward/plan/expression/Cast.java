package io.redward.plan.expression;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import java.util.List;

/// A conversion, explicit or one the binder put in. Fails with the SQLSTATE of the conversion, or
/// yields NULL where `orNull` (TRY_CAST).
///
/// An explicit cast of a string to a shorter CHAR or VARCHAR cuts it at a character boundary;
/// `strict` (assignment to a column) makes it an error instead.
public record Cast(
    Expression operand, SqlType type, Physical physical, boolean strict, boolean orNull)
    implements Expression {
  @Override
  public boolean nullable() {
    return orNull || operand.nullable();
  }

  @Override
  public List<Expression> children() {
    return List.of(operand);
  }
}

package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// A pattern match whose pattern is a constant or parameter and is prepared once an execution; a
/// pattern that varies by row is a [Call].
public record Like(Kind kind, Expression operand, Expression pattern, char escape)
    implements Expression {
  /// Which pattern language.
  public enum Kind {
    LIKE,
    ILIKE,
    SIMILAR_TO,
    POSIX,
    POSIX_CASE_INSENSITIVE
  }

  @Override
  public SqlType type() {
    return SqlType.BOOLEAN;
  }

  @Override
  public boolean nullable() {
    return operand.nullable() || pattern.nullable();
  }

  @Override
  public List<Expression> children() {
    return List.of(operand, pattern);
  }
}

package io.redward.plan.expression;

import io.redward.foundation.types.SqlType;
import java.util.List;

/// A comparison of two values of the same type family and scale: numbers by value, strings bytewise
/// with trailing blanks ignored, dates and times as numbers. Integers of different physical width
/// and decimals of different physical width (same scale) may meet; the generator widens. NaN equals
/// NaN and sorts above all other doubles, as in PostgreSQL.
public record Comparison(Operator operator, Expression left, Expression right)
    implements Expression {
  /// The operators.
  public enum Operator {
    EQUAL("="),
    NOT_EQUAL("<>"),
    LESS("<"),
    LESS_OR_EQUAL("<="),
    GREATER(">"),
    GREATER_OR_EQUAL(">=");

    private final String symbol;

    Operator(String symbol) {
      this.symbol = symbol;
    }

    public String symbol() {
      return symbol;
    }

    /// The operator with its sides exchanged: `a < b` is `b > a`.
    public Operator mirrored() {
      return switch (this) {
        case EQUAL, NOT_EQUAL -> this;
        case LESS -> GREATER;
        case LESS_OR_EQUAL -> GREATER_OR_EQUAL;
        case GREATER -> LESS;
        case GREATER_OR_EQUAL -> LESS_OR_EQUAL;
      };
    }
  }

  @Override
  public SqlType type() {
    return SqlType.BOOLEAN;
  }

  @Override
  public boolean nullable() {
    return left.nullable() || right.nullable();
  }

  @Override
  public List<Expression> children() {
    return List.of(left, right);
  }
}

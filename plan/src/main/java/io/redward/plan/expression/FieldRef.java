package io.redward.plan.expression;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import java.util.List;

/// The value of field `index` of the current row.
public record FieldRef(int index, SqlType type, Physical physical, boolean nullable)
    implements Expression {
  @Override
  public List<Expression> children() {
    return List.of();
  }
}

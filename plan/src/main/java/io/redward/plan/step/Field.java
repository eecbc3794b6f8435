package io.redward.plan.step;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.FieldRef;

/// A column of the rows that flow between two steps.
public record Field(String name, SqlType type, Physical physical, boolean nullable) {
  public static Field of(String name, SqlType type, boolean nullable) {
    return new Field(name, type, type.physical(), nullable);
  }

  /// A reference to this field at `index` of the row.
  public FieldRef at(int index) {
    return new FieldRef(index, type, physical, nullable);
  }
}

package io.redward.runtime.number;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;

/// The errors of arithmetic.
public final class NumberErrors {
  private NumberErrors() {}

  public static SqlException outOfRange(String typeName) {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, typeName + " out of range");
  }

  public static SqlException decimalOverflow() {
    return new SqlException(SqlState.NUMERIC_VALUE_OUT_OF_RANGE, "Numeric data overflow");
  }

  public static SqlException divisionByZero() {
    return new SqlException(SqlState.DIVISION_BY_ZERO, "division by zero");
  }
}

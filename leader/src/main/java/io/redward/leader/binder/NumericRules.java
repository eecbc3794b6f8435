package io.redward.leader.binder;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;

/// Result types of arithmetic and of numbers that meet.
///
/// Source: Redshift's manual, "Computations with numeric values". Where precision would exceed 38
/// it is cut to 38; a quotient then gives up scale, but keeps four digits, so that whole digits
/// have room. **Differs:** a product keeps its whole scale, as exact sums of products need it.
final class NumericRules {
  private static final int MAX_PRECISION = SqlType.MAX_DECIMAL_PRECISION;
  private static final int MAX_SCALE = SqlType.MAX_DECIMAL_SCALE;
  private static final int MIN_QUOTIENT_SCALE = 4;

  private NumericRules() {}

  /// The type of `a operator b` for two numeric types; `operator` is one of `+ - * / %`.
  static SqlType result(String operator, SqlType a, SqlType b) {
    if (a.kind().isFloating() || b.kind().isFloating()) {
      return a.kind() == TypeKind.REAL && b.kind() == TypeKind.REAL ? SqlType.REAL : SqlType.DOUBLE;
    }
    if (a.kind().isInteger() && b.kind().isInteger()) {
      return wider(a, b);
    }
    SqlType x = asDecimal(a);
    SqlType y = asDecimal(b);
    int whole1 = x.precision() - x.scale();
    int whole2 = y.precision() - y.scale();
    int maxScale = Math.max(x.scale(), y.scale());
    return switch (operator) {
      case "+", "-" -> capped(Math.max(whole1, whole2) + 1 + maxScale, maxScale);
      case "*" -> capped(x.precision() + y.precision() + 1, x.scale() + y.scale());
      case "/" -> quotient(x, y);
      case "%" -> capped(Math.max(1, Math.min(whole1, whole2) + maxScale), maxScale);
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private static SqlType quotient(SqlType x, SqlType y) {
    int scale = Math.max(MIN_QUOTIENT_SCALE, x.scale() + y.precision() - y.scale() + 1);
    int precision = x.precision() - x.scale() + y.scale() + scale;
    if (precision > MAX_PRECISION) {
      scale = Math.max(MAX_PRECISION + scale - precision, Math.min(MIN_QUOTIENT_SCALE, scale));
    }
    return capped(precision, scale);
  }

  private static SqlType capped(int precision, int scale) {
    int cappedScale = Math.min(scale, MAX_SCALE);
    return SqlType.decimal(
        Math.clamp(precision, Math.max(1, cappedScale), MAX_PRECISION), cappedScale);
  }

  /// The type that holds the values of both numeric types exactly, or DOUBLE.
  static SqlType common(SqlType a, SqlType b) {
    if (a.kind().isFloating() || b.kind().isFloating()) {
      return a.kind() == TypeKind.REAL && b.kind() == TypeKind.REAL ? SqlType.REAL : SqlType.DOUBLE;
    }
    if (a.kind().isInteger() && b.kind().isInteger()) {
      return wider(a, b);
    }
    SqlType x = asDecimal(a);
    SqlType y = asDecimal(b);
    int scale = Math.max(x.scale(), y.scale());
    int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
    return capped(whole + scale, scale);
  }

  static SqlType wider(SqlType a, SqlType b) {
    return rank(a) >= rank(b) ? a : b;
  }

  private static int rank(SqlType type) {
    return switch (type.kind()) {
      case SMALLINT -> 0;
      case INTEGER -> 1;
      default -> 2;
    };
  }

  /// An integer type as the decimal that takes part in arithmetic; a decimal as it is.
  static SqlType asDecimal(SqlType type) {
    return switch (type.kind()) {
      case SMALLINT -> SqlType.decimal(5, 0);
      case INTEGER -> SqlType.decimal(10, 0);
      case BIGINT -> SqlType.decimal(19, 0);
      default -> type;
    };
  }
}

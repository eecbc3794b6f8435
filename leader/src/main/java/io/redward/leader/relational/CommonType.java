package io.redward.leader.relational;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import org.jspecify.annotations.Nullable;

/// The type that holds the values of two types of one family, for branches and set operations.
final class CommonType {
  private CommonType() {}

  /// The common type, or null where the families differ and only a cast of the binder's can help.
  static @Nullable SqlType of(SqlType a, SqlType b) {
    if (a.equals(b)) {
      return a;
    }
    if (a.kind().isNumeric() && b.kind().isNumeric()) {
      return numeric(a, b);
    }
    if (a.kind().isString() && b.kind().isString()) {
      return string(a, b);
    }
    if (a.kind() == b.kind()) {
      return a.precision() >= b.precision() ? a : b;
    }
    return null;
  }

  private static SqlType numeric(SqlType a, SqlType b) {
    if (a.kind().isFloating() || b.kind().isFloating()) {
      return a.kind() == TypeKind.REAL && b.kind() == TypeKind.REAL ? SqlType.REAL : SqlType.DOUBLE;
    }
    if (a.kind().isInteger() && b.kind().isInteger()) {
      return rank(a) >= rank(b) ? a : b;
    }
    SqlType x = asDecimal(a);
    SqlType y = asDecimal(b);
    int scale = Math.max(x.scale(), y.scale());
    int whole = Math.max(x.precision() - x.scale(), y.precision() - y.scale());
    return SqlType.decimal(Math.min(SqlType.MAX_DECIMAL_PRECISION, whole + scale), scale);
  }

  private static SqlType string(SqlType a, SqlType b) {
    int length = Math.max(lengthOf(a), lengthOf(b));
    SqlType common =
        a.kind() == TypeKind.CHAR && b.kind() == TypeKind.CHAR
            ? SqlType.character(length)
            : SqlType.varchar(length);
    return common.withCaseInsensitive(a.caseInsensitive() || b.caseInsensitive());
  }

  private static int lengthOf(SqlType type) {
    return type.precision() > 0 ? type.precision() : SqlType.MAX_VARCHAR_BYTES;
  }

  private static int rank(SqlType type) {
    return switch (type.kind()) {
      case SMALLINT -> 0;
      case INTEGER -> 1;
      default -> 2;
    };
  }

  private static SqlType asDecimal(SqlType type) {
    return switch (type.kind()) {
      case SMALLINT -> SqlType.decimal(5, 0);
      case INTEGER -> SqlType.decimal(10, 0);
      case BIGINT -> SqlType.decimal(19, 0);
      default -> type;
    };
  }
}

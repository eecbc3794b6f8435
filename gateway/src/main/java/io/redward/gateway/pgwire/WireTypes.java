package io.redward.gateway.pgwire;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;

/// Types as RowDescription tells them.
final class WireTypes {
  private WireTypes() {}

  /// The OID a client is told; an untyped NULL or literal is `varchar` to it.
  static int oid(SqlType type) {
    return type.kind() == TypeKind.UNKNOWN ? TypeKind.VARCHAR.oid() : type.kind().oid();
  }

  /// Bytes of the fixed-width binary form, or -1.
  static int length(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> 1;
      case SMALLINT -> 2;
      case INTEGER, REAL, DATE, OID, REGCLASS, REGPROC, REGTYPE -> 4;
      case BIGINT, DOUBLE, TIME, TIMESTAMP, TIMESTAMPTZ -> 8;
      case TIMETZ -> 12;
      case INTERVAL_YEAR_MONTH, INTERVAL_DAY_SECOND -> 16;
      case NAME -> 64;
      case VOID -> 4;
      case UNKNOWN, DECIMAL, CHAR, VARCHAR, TEXT, VARBYTE, SUPER, TEXT_ARRAY, INT_ARRAY -> -1;
    };
  }

  /// PostgreSQL's type modifier: precision and scale of a decimal, length of a string plus the 4
  /// bytes of a header that no longer exists.
  static int modifier(SqlType type) {
    return switch (type.kind()) {
      case DECIMAL -> (type.precision() << 16 | type.scale()) + 4;
      case CHAR, VARCHAR -> type.precision() > 0 ? type.precision() + 4 : -1;
      default -> -1;
    };
  }

  /// The type a client names by OID in Parse, or UNKNOWN for one it leaves to us.
  static SqlType byOid(int oid) {
    for (TypeKind kind : TypeKind.values()) {
      if (kind.oid() == oid) {
        return switch (kind) {
          case DECIMAL -> SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 10);
          case VARCHAR, TEXT, NAME -> SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
          case CHAR -> SqlType.character(SqlType.MAX_CHAR_BYTES);
          default -> SqlType.of(kind);
        };
      }
    }
    return SqlType.UNKNOWN;
  }
}

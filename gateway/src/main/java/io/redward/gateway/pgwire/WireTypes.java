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
      case UNKNOWN,
          DECIMAL,
          CHAR,
          VARCHAR,
          TEXT,
          VARBYTE,
          SUPER,
          GEOMETRY,
          GEOGRAPHY,
          HLLSKETCH,
          TEXT_ARRAY,
          INT_ARRAY,
          OID_ARRAY,
          CHAR_ARRAY ->
          -1;
    };
  }
}

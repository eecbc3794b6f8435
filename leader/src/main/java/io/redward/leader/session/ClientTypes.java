package io.redward.leader.session;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;

/// The types that clients declare for parameters.
final class ClientTypes {
  private ClientTypes() {}

  /// The type of a number from `pg_type`, at its widest; UNKNOWN for one that is not known.
  static SqlType ofOid(int oid) {
    for (TypeKind kind : TypeKind.values()) {
      if (kind.oid() == oid) {
        return switch (kind) {
          case DECIMAL -> SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 10);
          case VARCHAR, TEXT, NAME, UNKNOWN ->
              kind == TypeKind.UNKNOWN
                  ? SqlType.UNKNOWN
                  : SqlType.varchar(SqlType.MAX_VARCHAR_BYTES);
          case CHAR -> SqlType.character(SqlType.MAX_CHAR_BYTES);
          default -> SqlType.of(kind);
        };
      }
    }
    return SqlType.UNKNOWN;
  }
}

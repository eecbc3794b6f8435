package io.redward.gateway.dataapi;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.gateway.aws.ApiBody;
import io.redward.leader.session.ResultColumn;
import tools.jackson.databind.node.ObjectNode;

/// `ColumnMetadata` of a result's column.
final class ColumnShape {
  /// ODBC's code of "nullability unknown or allowed".
  private static final int NULLABLE = 1;

  private ColumnShape() {}

  static ObjectNode of(ResultColumn column) {
    SqlType type = column.type();
    ObjectNode node = ApiBody.MAPPER.createObjectNode();
    node.put("name", column.name());
    node.put("label", column.name());
    node.put("typeName", typeName(type));
    node.put("nullable", NULLABLE);
    node.put("precision", precision(type));
    node.put("scale", type.scale());
    node.put("length", type.kind().isString() ? type.precision() : 0);
    node.put("isSigned", type.kind().isNumeric());
    node.put("isCurrency", false);
    node.put("isCaseSensitive", type.kind().isString());
    node.put("schemaName", "");
    node.put("tableName", "");
    return node;
  }

  private static int precision(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> 1;
      case SMALLINT -> 5;
      case INTEGER, OID -> 10;
      case BIGINT -> 19;
      case REAL -> 8;
      case DOUBLE -> 17;
      case DATE -> 13;
      case TIME -> 15;
      case TIMETZ -> 21;
      case TIMESTAMP -> 29;
      case TIMESTAMPTZ -> 35;
      default -> type.precision();
    };
  }

  /// The name in `pg_type`; an untyped NULL or literal is `varchar` to a client.
  private static String typeName(SqlType type) {
    TypeKind kind = type.kind() == TypeKind.UNKNOWN ? TypeKind.VARCHAR : type.kind();
    return kind.catalogName();
  }
}

package io.redward.leader.relational;

import io.redward.foundation.types.SqlType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.type.SqlTypeName;

/// Our types to the algebra library's and back.
public final class CalciteTypes {
  private CalciteTypes() {}

  /// Our type of a field or expression. The library's own types appear only for a bare NULL and for
  /// its symbols, which have no SQL type: both are UNKNOWN.
  public static SqlType sqlType(RelDataType type) {
    if (type instanceof RelationalType ours) {
      return ours.sqlType();
    }
    if (type.getSqlTypeName() == SqlTypeName.NULL || type.getSqlTypeName() == SqlTypeName.SYMBOL) {
      return SqlType.UNKNOWN;
    }
    throw new IllegalArgumentException("not a type of ours: " + type.getFullTypeString());
  }

  public static RelDataType relType(RelDataTypeFactory factory, SqlType type, boolean nullable) {
    return ((RelationalTypeFactory) factory).type(type, nullable);
  }
}

package io.redward.leader.relational;

import io.redward.foundation.types.SqlType;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;

/// Limits and result types where the algebra library derives them by itself: 38-digit decimals and
/// the result types of SUM and AVG.
final class RelationalTypeSystem extends RelDataTypeSystemImpl {
  static final RelationalTypeSystem INSTANCE = new RelationalTypeSystem();

  private RelationalTypeSystem() {}

  @Override
  public int getMaxPrecision(SqlTypeName typeName) {
    return switch (typeName) {
      case DECIMAL -> SqlType.MAX_DECIMAL_PRECISION;
      case CHAR, VARCHAR, BINARY, VARBINARY -> SqlType.MAX_VARCHAR_BYTES;
      default -> super.getMaxPrecision(typeName);
    };
  }

  @Override
  public int getMaxScale(SqlTypeName typeName) {
    return typeName == SqlTypeName.DECIMAL
        ? SqlType.MAX_DECIMAL_SCALE
        : super.getMaxScale(typeName);
  }

  @Override
  public RelDataType deriveSumType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
    SqlType argument = CalciteTypes.sqlType(argumentType);
    SqlType sum =
        switch (argument.kind()) {
          case SMALLINT, INTEGER -> SqlType.BIGINT;
          case BIGINT -> SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, 0);
          case DECIMAL -> SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, argument.scale());
          case REAL, DOUBLE -> SqlType.DOUBLE;
          default -> argument;
        };
    return CalciteTypes.relType(typeFactory, sum, argumentType.isNullable());
  }

  @Override
  public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
    SqlType argument = CalciteTypes.sqlType(argumentType);
    SqlType average =
        switch (argument.kind()) {
          case SMALLINT, INTEGER, BIGINT -> SqlType.BIGINT;
          case DECIMAL -> SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, argument.scale());
          case REAL, DOUBLE -> SqlType.DOUBLE;
          default -> argument;
        };
    return CalciteTypes.relType(typeFactory, average, argumentType.isNullable());
  }

  @Override
  public boolean shouldConvertRaggedUnionTypesToVarying() {
    return true;
  }
}

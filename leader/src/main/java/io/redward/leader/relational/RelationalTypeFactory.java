package io.redward.leader.relational;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.SqlTypeFactoryImpl;
import org.apache.calcite.sql.type.SqlTypeMappingRule;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// Makes [RelationalType]s, also where the algebra library asks for a type of its own by name
/// (COUNT's BIGINT, a comparison's BOOLEAN). Interns them, so that they compare by identity.
public final class RelationalTypeFactory extends SqlTypeFactoryImpl {
  public RelationalTypeFactory() {
    super(RelationalTypeSystem.INSTANCE);
  }

  /// One of our types, nullable or not.
  public RelDataType type(SqlType type, boolean nullable) {
    return canonize(new RelationalType(type, nullable));
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName) {
    return switch (typeName) {
      case BOOLEAN -> type(SqlType.BOOLEAN, false);
      case TINYINT, SMALLINT -> type(SqlType.SMALLINT, false);
      case INTEGER -> type(SqlType.INTEGER, false);
      case BIGINT -> type(SqlType.BIGINT, false);
      case REAL -> type(SqlType.REAL, false);
      case FLOAT, DOUBLE -> type(SqlType.DOUBLE, false);
      case DATE -> type(SqlType.DATE, false);
      case TIME -> type(SqlType.TIME, false);
      case TIMESTAMP -> type(SqlType.TIMESTAMP, false);
      case DECIMAL -> type(SqlType.decimal(18, 0), false);
      case CHAR, VARCHAR -> type(SqlType.varchar(SqlType.MAX_VARCHAR_BYTES), false);
      case BINARY, VARBINARY -> type(SqlType.varbyte(SqlType.MAX_VARCHAR_BYTES), false);
      default -> super.createSqlType(typeName);
    };
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName, int precision) {
    return switch (typeName) {
      case CHAR, VARCHAR -> type(SqlType.varchar(lengthOf(precision)), false);
      case BINARY, VARBINARY -> type(SqlType.varbyte(lengthOf(precision)), false);
      case DECIMAL -> createSqlType(typeName, precision, 0);
      default -> createSqlType(typeName);
    };
  }

  @Override
  public RelDataType createSqlType(SqlTypeName typeName, int precision, int scale) {
    return typeName == SqlTypeName.DECIMAL
        ? type(SqlType.decimal(Math.clamp(precision, 1, 38), Math.clamp(scale, 0, 37)), false)
        : createSqlType(typeName, precision);
  }

  private static int lengthOf(int precision) {
    return Math.clamp(precision, 1, SqlType.MAX_VARCHAR_BYTES);
  }

  @Override
  public RelDataType createTypeWithNullability(RelDataType type, boolean nullable) {
    return type instanceof RelationalType ours
        ? canonize(ours.withNullability(nullable))
        : super.createTypeWithNullability(type, nullable);
  }

  @Override
  public RelDataType enforceTypeWithNullability(RelDataType type, boolean nullable) {
    return type instanceof RelationalType
        ? createTypeWithNullability(type, nullable)
        : super.enforceTypeWithNullability(type, nullable);
  }

  /// Strings are UTF-8 and compare bytewise: there is nothing to choose.
  @Override
  public RelDataType createTypeWithCharsetAndCollation(
      RelDataType type, Charset charset, SqlCollation collation) {
    return type;
  }

  @Override
  public Charset getDefaultCharset() {
    return StandardCharsets.UTF_8;
  }

  /// The common type of branches or of set operation inputs. The binder has cast those to one type
  /// beforehand; what is left to decide is nullability, string length and decimal width.
  @Override
  public @Nullable RelDataType leastRestrictive(
      List<RelDataType> types, SqlTypeMappingRule mappingRule) {
    boolean nullable = false;
    SqlType common = null;
    for (RelDataType type : types) {
      if (type.isStruct()) {
        return super.leastRestrictive(types, mappingRule);
      }
      nullable |= type.isNullable();
      SqlType sqlType = CalciteTypes.sqlType(type);
      if (sqlType.kind() == TypeKind.UNKNOWN) {
        nullable = true;
      } else {
        common = common == null ? sqlType : CommonType.of(common, sqlType);
        if (common == null) {
          return null;
        }
      }
    }
    return type(common == null ? SqlType.UNKNOWN : common, nullable);
  }
}

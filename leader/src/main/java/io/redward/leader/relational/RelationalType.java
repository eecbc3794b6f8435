package io.redward.leader.relational;

import io.redward.foundation.types.SqlType;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCollation;
import org.apache.calcite.sql.type.AbstractSqlType;
import org.apache.calcite.sql.type.SqlTypeName;
import org.jspecify.annotations.Nullable;

/// One of our SQL types as the algebra library sees it.
///
/// The library knows types by [SqlTypeName] only, and rewrites by what that name promises. So each
/// of our types goes under the name whose literals and order are right for it and that promises
/// nothing else: a DATE is an INTEGER (days), a TIMESTAMP a BIGINT (microseconds), a CHAR is a
/// VARCHAR (no padding is ever made). Types of the same name stay different: equality is by digest,
/// which carries the [SqlType].
public final class RelationalType extends AbstractSqlType {
  private static final long serialVersionUID = 1L;

  private final transient SqlType sqlType;

  RelationalType(SqlType sqlType, boolean nullable) {
    super(nameOf(sqlType), nullable, null);
    this.sqlType = sqlType;
    computeDigest();
  }

  /// Our type, without its nullability.
  public SqlType sqlType() {
    return sqlType;
  }

  RelationalType withNullability(boolean nullable) {
    return nullable == isNullable ? this : new RelationalType(sqlType, nullable);
  }

  static SqlTypeName nameOf(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> SqlTypeName.BOOLEAN;
      case SMALLINT -> SqlTypeName.SMALLINT;
      case INTEGER, DATE, INTERVAL_YEAR_MONTH, OID, REGCLASS, REGPROC, REGTYPE ->
          SqlTypeName.INTEGER;
      case BIGINT, TIME, TIMETZ, TIMESTAMP, TIMESTAMPTZ, INTERVAL_DAY_SECOND -> SqlTypeName.BIGINT;
      case DECIMAL -> SqlTypeName.DECIMAL;
      case REAL -> SqlTypeName.REAL;
      case DOUBLE -> SqlTypeName.DOUBLE;
      case UNKNOWN, CHAR, VARCHAR, TEXT, NAME, VOID -> SqlTypeName.VARCHAR;
      case TEXT_ARRAY, INT_ARRAY, OID_ARRAY, CHAR_ARRAY -> SqlTypeName.VARCHAR;
      case VARBYTE, SUPER, GEOMETRY, GEOGRAPHY, HLLSKETCH -> SqlTypeName.VARBINARY;
    };
  }

  @Override
  public int getPrecision() {
    return switch (getSqlTypeName()) {
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      case DECIMAL -> sqlType.precision();
      case REAL -> 7;
      case DOUBLE -> 15;
      case BOOLEAN -> 1;
      case VARCHAR, VARBINARY ->
          sqlType.precision() > 0 ? sqlType.precision() : SqlType.MAX_VARCHAR_BYTES;
      default -> RelDataType.PRECISION_NOT_SPECIFIED;
    };
  }

  @Override
  public int getScale() {
    return switch (getSqlTypeName()) {
      case SMALLINT, INTEGER, BIGINT -> 0;
      case DECIMAL -> sqlType.scale();
      default -> RelDataType.SCALE_NOT_SPECIFIED;
    };
  }

  @Override
  public @Nullable Charset getCharset() {
    return getSqlTypeName() == SqlTypeName.VARCHAR ? StandardCharsets.UTF_8 : null;
  }

  @Override
  public @Nullable SqlCollation getCollation() {
    return getSqlTypeName() == SqlTypeName.VARCHAR ? SqlCollation.IMPLICIT : null;
  }

  @Override
  protected void generateTypeString(StringBuilder out, boolean withDetail) {
    out.append(sqlType);
    if (sqlType.caseInsensitive()) {
      out.append(" case_insensitive");
    }
  }
}

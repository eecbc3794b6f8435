package io.redward.leader.relational;

import java.math.BigDecimal;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;
import org.apache.calcite.util.Sarg;
import org.jspecify.annotations.Nullable;

/// Makes expressions over [RelationalType]s. Differs from the library's builder in that a literal
/// has exactly the type asked for and that a cast is never worked out in passing: the library would
/// take a DATE for the INTEGER it is kept as. Folding casts is the `ConstantFolder`'s.
public final class RelationalRexBuilder extends RexBuilder {
  RelationalRexBuilder(RelationalTypeFactory typeFactory) {
    super(typeFactory);
  }

  @Override
  public RexNode makeCast(
      SqlParserPos position,
      RelDataType type,
      RexNode operand,
      boolean matchNullability,
      boolean safe,
      RexLiteral format) {
    if (operand instanceof RexLiteral literal) {
      if (literal.isNull()) {
        return makeLiteral((Comparable) null, type, SqlTypeName.NULL);
      }
      if (sameType(type, operand.getType()) && !(type.isNullable() && matchNullability)) {
        return operand;
      }
    }
    return makeAbstractCast(position, type, operand, safe, format);
  }

  private static boolean sameType(RelDataType a, RelDataType b) {
    return a instanceof RelationalType x
        && b instanceof RelationalType y
        && x.sqlType().equals(y.sqlType());
  }

  @Override
  public RexNode makeLiteral(
      @Nullable Object value, RelDataType type, boolean allowCast, boolean trim) {
    if (value == null || !(type instanceof RelationalType)) {
      return super.makeLiteral(value, type, allowCast, trim);
    }
    RelDataType notNull = typeFactory.createTypeWithNullability(type, false);
    RexLiteral literal = literal(value, notNull);
    return type.isNullable() && allowCast ? makeAbstractCast(type, literal, false) : literal;
  }

  private RexLiteral literal(Object value, RelDataType type) {
    return switch (value) {
      case RexLiteral literal -> literal;
      case Sarg<?> sarg -> makeSearchArgumentLiteral(sarg, type);
      case Boolean bool -> makeLiteral(bool, type, SqlTypeName.BOOLEAN);
      case NlsString string -> makeLiteral(string, type, SqlTypeName.CHAR);
      case String string -> makeLiteral(new OrderedString(string), type, SqlTypeName.CHAR);
      case ByteString bytes -> makeLiteral(bytes, type, SqlTypeName.BINARY);
      case Number number when isFloating(type) ->
          makeLiteral(number.doubleValue(), type, SqlTypeName.DOUBLE);
      case BigDecimal number -> makeLiteral(number, type, SqlTypeName.DECIMAL);
      case Number number ->
          makeLiteral(BigDecimal.valueOf(number.longValue()), type, SqlTypeName.DECIMAL);
      default ->
          throw new IllegalArgumentException("no literal of " + type + " from " + value.getClass());
    };
  }

  private static boolean isFloating(RelDataType type) {
    return type.getSqlTypeName() == SqlTypeName.DOUBLE || type.getSqlTypeName() == SqlTypeName.REAL;
  }

  @Override
  protected RexLiteral makeLiteral(
      @Nullable Comparable value, RelDataType type, SqlTypeName typeName) {
    if (value instanceof NlsString string && !(value instanceof OrderedString)) {
      return super.makeLiteral(new OrderedString(string.getValue()), type, typeName);
    }
    return super.makeLiteral(value, type, typeName);
  }
}

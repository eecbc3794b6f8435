package io.redward.leader.relational;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import org.apache.calcite.avatica.util.ByteString;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.util.NlsString;

/// Constants to literals of the algebra library and back. A [Constant] holds a value in the
/// physical form of its type (days, microseconds, unscaled decimals); how the library keeps it is
/// nobody else's business.
public final class Literals {
  private Literals() {}

  /// The literal of a value of this type.
  public static RexLiteral literal(RexBuilder builder, SqlType type, Constant value) {
    boolean isNull = value instanceof Constant.Null;
    RelDataType relType = CalciteTypes.relType(builder.getTypeFactory(), type, isNull);
    if (isNull) {
      return builder.makeNullLiteral(relType);
    }
    return (RexLiteral) builder.makeLiteral(libraryValue(relType, type, value), relType, false);
  }

  /// The literal of a string, of the shortest VARCHAR that holds it.
  public static RexLiteral string(RexBuilder builder, String value) {
    int bytes = value.getBytes(StandardCharsets.UTF_8).length;
    return literal(builder, SqlType.varchar(Math.max(1, bytes)), Constant.of(value));
  }

  /// The value of a literal, in the physical form of the literal's type.
  public static Constant constant(RexLiteral literal) {
    Object value = literal.getValue4();
    return value == null ? Constant.NULL : constant(CalciteTypes.sqlType(literal.getType()), value);
  }

  /// The value that the library keeps in a literal or in a bound of a search argument.
  public static Constant constant(SqlType type, Object value) {
    return switch (value) {
      case Boolean bool -> Constant.of(bool);
      case NlsString string -> Constant.of(string.getValue());
      case ByteString bytes -> new Constant.BytesValue(bytes.getBytes());
      case Double number -> new Constant.DoubleValue(number);
      case BigDecimal number -> exact(type, number);
      default -> throw new IllegalArgumentException("no constant of " + value.getClass());
    };
  }

  private static Constant exact(SqlType type, BigDecimal number) {
    return switch (type.physical()) {
      case INT -> new Constant.IntValue(number.intValueExact());
      case LONG ->
          new Constant.LongValue(number.setScale(type.scale()).unscaledValue().longValueExact());
      case INT128 ->
          new Constant.Int128Value(Int128.of(number.setScale(type.scale()).unscaledValue()));
      case DOUBLE -> new Constant.DoubleValue(number.doubleValue());
      case BYTES -> throw new IllegalArgumentException("a number as " + type);
    };
  }

  private static Object libraryValue(RelDataType relType, SqlType type, Constant value) {
    return switch (value) {
      case Constant.Null _ -> throw new IllegalArgumentException("NULL");
      case Constant.IntValue(int v) ->
          relType.getSqlTypeName() == SqlTypeName.BOOLEAN ? v != 0 : unscaled(v, type);
      case Constant.LongValue(long v) -> unscaled(v, type);
      case Constant.DoubleValue(double v) -> v;
      case Constant.Int128Value(Int128 v) -> new BigDecimal(v.toBigInteger(), type.scale());
      case Constant.BytesValue(byte[] v) ->
          relType.getSqlTypeName() == SqlTypeName.VARBINARY
              ? new ByteString(v)
              : new OrderedString(new String(v, StandardCharsets.UTF_8));
    };
  }

  private static BigDecimal unscaled(long value, SqlType type) {
    return new BigDecimal(BigInteger.valueOf(value), type.scale());
  }
}

package io.redward.leader.session;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.sql.ast.Expr;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;

/// Literals and parameters as values of the columns they are assigned to, where that takes neither
/// rounding nor cutting.
record AssignedValues(Arguments arguments) {
  static boolean isLiteral(Expr cell) {
    return cell instanceof Expr.NullLiteral
        || cell instanceof Expr.BooleanLiteral
        || cell instanceof Expr.StringLiteral
        || number(cell).isPresent();
  }

  /// Empty if it needs more than that.
  Optional<Constant> of(Expr cell, SqlType column) {
    return switch (cell) {
      case Expr.NullLiteral _ -> Optional.of(Constant.NULL);
      case Expr.BooleanLiteral literal when column.kind() == TypeKind.BOOLEAN ->
          Optional.of(Constant.of(literal.value()));
      case Expr.StringLiteral literal -> ofText(literal.value(), column);
      case Expr.ParameterRef parameter -> ofParameter(parameter.number(), column);
      default -> number(cell).flatMap(number -> ofNumber(number, column));
    };
  }

  private static Optional<BigDecimal> number(Expr cell) {
    return switch (cell) {
      case Expr.NumberLiteral literal
          when literal.text().length() < 38
              && literal.text().indexOf('e') < 0
              && literal.text().indexOf('E') < 0 ->
          Optional.of(new BigDecimal(literal.text()));
      case Expr.UnaryExpr(String operator, Expr.NumberLiteral literal, int _)
          when operator.equals("-") ->
          number(literal).map(BigDecimal::negate);
      default -> Optional.empty();
    };
  }

  private static Optional<Constant> ofText(String text, SqlType column) {
    return switch (column.kind()) {
      case VARCHAR, CHAR -> ofBytes(text.getBytes(StandardCharsets.UTF_8), column);
      case DATE -> {
        OptionalLong day = IsoTimes.date(text);
        yield day.isPresent()
            ? Optional.of(new Constant.IntValue((int) day.getAsLong()))
            : Optional.empty();
      }
      case TIMESTAMP -> {
        OptionalLong micros = IsoTimes.timestamp(text);
        yield micros.isPresent()
            ? Optional.of(new Constant.LongValue(micros.getAsLong()))
            : Optional.empty();
      }
      default -> Optional.empty();
    };
  }

  private static Optional<Constant> ofBytes(byte[] bytes, SqlType column) {
    if (bytes.length > column.precision()) {
      return Optional.empty();
    }
    if (column.kind() == TypeKind.VARCHAR) {
      return Optional.of(new Constant.BytesValue(bytes));
    }
    int length = bytes.length;
    while (length > 0 && bytes[length - 1] == ' ') {
      length--;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[i] < 0) {
        return Optional.empty();
      }
    }
    return Optional.of(new Constant.BytesValue(Arrays.copyOf(bytes, length)));
  }

  private static Optional<Constant> ofNumber(BigDecimal number, SqlType column) {
    boolean whole = number.scale() <= 0;
    return switch (column.kind()) {
      case SMALLINT -> whole ? ranged(number, Short.MAX_VALUE, Physical.INT) : Optional.empty();
      case INTEGER -> whole ? ranged(number, Integer.MAX_VALUE, Physical.INT) : Optional.empty();
      case BIGINT -> whole ? ranged(number, Long.MAX_VALUE, Physical.LONG) : Optional.empty();
      case DOUBLE -> Optional.of(new Constant.DoubleValue(number.doubleValue()));
      case DECIMAL -> decimal(number, column);
      default -> Optional.empty();
    };
  }

  private static Optional<Constant> ranged(BigDecimal number, long max, Physical form) {
    if (number.abs().compareTo(BigDecimal.valueOf(max)) > 0) {
      return Optional.empty();
    }
    long value = number.longValueExact();
    return Optional.of(
        form == Physical.INT ? new Constant.IntValue((int) value) : new Constant.LongValue(value));
  }

  private static Optional<Constant> decimal(BigDecimal number, SqlType column) {
    if (number.scale() > column.scale()) {
      return Optional.empty();
    }
    BigDecimal scaled = number.setScale(column.scale());
    if (scaled.precision() > column.precision()) {
      return Optional.empty();
    }
    BigInteger unscaled = scaled.unscaledValue();
    return switch (column.physical()) {
      case LONG -> Optional.of(new Constant.LongValue(unscaled.longValueExact()));
      case INT128 ->
          Optional.of(
              new Constant.Int128Value(
                  new Int128(unscaled.shiftRight(64).longValueExact(), unscaled.longValue())));
      default -> Optional.empty();
    };
  }

  private Optional<Constant> ofParameter(int number, SqlType column) {
    Constant value = arguments.values().get(number - 1);
    SqlType type = arguments.types().get(number - 1);
    if (value instanceof Constant.Null) {
      return Optional.of(value);
    }
    if (value instanceof Constant.BytesValue(byte[] bytes)) {
      boolean strings = column.kind() == TypeKind.VARCHAR || column.kind() == TypeKind.CHAR;
      return strings && type.kind().isString() ? ofBytes(bytes, column) : Optional.empty();
    }
    if (type.equals(column) && type.kind() != TypeKind.REAL) {
      return Optional.of(value);
    }
    return switch (type.kind()) {
      case SMALLINT, INTEGER ->
          ofNumber(BigDecimal.valueOf(((Constant.IntValue) value).value()), column);
      case BIGINT -> ofNumber(BigDecimal.valueOf(((Constant.LongValue) value).value()), column);
      case DECIMAL -> ofNumber(stripped(unscaled(value), type.scale()), column);
      default -> Optional.empty();
    };
  }

  private static BigInteger unscaled(Constant value) {
    return switch (value) {
      case Constant.LongValue(long number) -> BigInteger.valueOf(number);
      case Constant.Int128Value(Int128 number) ->
          BigInteger.valueOf(number.high())
              .shiftLeft(64)
              .add(new BigInteger(1, bytes(number.low())));
      default -> throw new IllegalStateException("no decimal: " + value);
    };
  }

  private static byte[] bytes(long low) {
    return java.nio.ByteBuffer.allocate(Long.BYTES).putLong(low).array();
  }

  /// Without zeros at the end, but never with a negative scale.
  private static BigDecimal stripped(BigInteger unscaled, int scale) {
    BigDecimal number = new BigDecimal(unscaled, scale).stripTrailingZeros();
    return number.scale() < 0 ? number.setScale(0) : number;
  }
}

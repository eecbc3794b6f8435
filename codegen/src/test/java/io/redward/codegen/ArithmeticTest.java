package io.redward.codegen;

import static io.redward.codegen.EdgeValues.NARROW;
import static io.redward.codegen.EdgeValues.WIDE;
import static io.redward.codegen.EdgeValues.arithmetic;
import static io.redward.codegen.EdgeValues.check;
import static io.redward.codegen.EdgeValues.compiled;
import static io.redward.codegen.EdgeValues.edges;
import static io.redward.codegen.EdgeValues.evaluated;
import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.Negate;
import io.redward.plan.step.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/// Arithmetic and casts are exact, rounded as SQL says, or an error.
final class ArithmeticTest {
  /// The result of integers, an error's message, or null.
  private static @Nullable Object exact(
      Arithmetic.Operator operator, @Nullable Object a, @Nullable Object b, SqlType type) {
    if (a == null || b == null) {
      return null;
    }
    BigInteger left = new BigInteger(a.toString());
    BigInteger right = new BigInteger(b.toString());
    boolean divides =
        operator == Arithmetic.Operator.DIVIDE || operator == Arithmetic.Operator.MODULO;
    if (divides && right.signum() == 0) {
      return "division by zero";
    }
    BigInteger result =
        switch (operator) {
          case ADD -> left.add(right);
          case SUBTRACT -> left.subtract(right);
          case MULTIPLY -> left.multiply(right);
          case DIVIDE -> left.divide(right);
          case MODULO -> left.remainder(right);
        };
    if (type.equals(SqlType.INTEGER)) {
      return result.bitLength() < Integer.SIZE
          ? (Object) result.intValue()
          : "integer out of range";
    }
    return result.bitLength() < Long.SIZE ? (Object) result.longValue() : "bigint out of range";
  }

  @Test
  void integerArithmeticIsExactOrAnError() {
    for (Arithmetic.Operator operator : Arithmetic.Operator.values()) {
      for (SqlType type : List.of(SqlType.INTEGER, SqlType.BIGINT)) {
        check(
            type,
            SqlType.INTEGER,
            (a, b) -> arithmetic(operator, a, b, type),
            (a, b) -> exact(operator, a, b, type));
      }
    }
  }

  @Test
  void wideDecimalsAddAndMultiplyExactly() {
    SqlType sum = SqlType.decimal(31, 4);
    check(
        WIDE,
        NARROW,
        (a, b) -> arithmetic(Arithmetic.Operator.ADD, a, b, sum),
        (a, b) ->
            a == null || b == null
                ? null
                : Int128.of(
                    ((Int128) a)
                        .toBigInteger()
                        .add(BigInteger.valueOf(((Long) b)).multiply(BigInteger.valueOf(100)))));
    check(
        NARROW,
        NARROW,
        (a, b) -> arithmetic(Arithmetic.Operator.MULTIPLY, a, b, SqlType.decimal(24, 4)),
        (a, b) ->
            a == null || b == null
                ? null
                : Int128.of(BigInteger.valueOf((Long) a).multiply(BigInteger.valueOf((Long) b))));
    check(
        WIDE,
        WIDE,
        (a, b) -> arithmetic(Arithmetic.Operator.SUBTRACT, a, b, SqlType.decimal(30, 4)),
        (a, b) -> {
          if (a == null || b == null) {
            return null;
          }
          BigInteger difference = ((Int128) a).toBigInteger().subtract(((Int128) b).toBigInteger());
          return difference.abs().compareTo(BigInteger.TEN.pow(30)) >= 0
              ? "Numeric data overflow"
              : Int128.of(difference);
        });
  }

  @Test
  void decimalDivisionRoundsHalfAwayFromZero() {
    check(
        NARROW,
        NARROW,
        (a, b) -> arithmetic(Arithmetic.Operator.DIVIDE, a, b, SqlType.decimal(38, 3)),
        (a, b) -> {
          if (a == null || b == null) {
            return null;
          }
          if ((Long) b == 0) {
            return "division by zero";
          }
          return Int128.of(
              new BigDecimal(BigInteger.valueOf((Long) a), 2)
                  .divide(new BigDecimal(BigInteger.valueOf((Long) b), 2), 3, RoundingMode.HALF_UP)
                  .unscaledValue());
        });
  }

  @Test
  void minusChecksForOverflow() {
    List<Field> fields = List.of(Field.of("a", SqlType.INTEGER, true));
    Expression minus = new Negate(fields.getFirst().at(0));
    assertThat(compiled(minus, fields, SegmentTest.row(5))).isEqualTo(-5);
    assertThat(compiled(minus, fields, SegmentTest.row((Object) null))).isNull();
    assertThat(compiled(minus, fields, SegmentTest.row(Integer.MIN_VALUE)))
        .isEqualTo("integer out of range");
  }

  @Test
  void castsBetweenNumbersRoundAndCheck() {
    List<Field> fields = List.of(Field.of("a", NARROW, true));
    FieldRef operand = fields.getFirst().at(0);
    Expression toInt = new Cast(operand, SqlType.INTEGER, Physical.INT, false, false);
    assertThat(compiled(toInt, fields, SegmentTest.row(150L))).isEqualTo(2);
    assertThat(compiled(toInt, fields, SegmentTest.row(-250L))).isEqualTo(-3);
    assertThat(compiled(toInt, fields, SegmentTest.row(999_999_999_999L)))
        .isEqualTo("integer out of range");
    Expression toDouble = new Cast(operand, SqlType.DOUBLE, Physical.DOUBLE, false, false);
    assertThat(compiled(toDouble, fields, SegmentTest.row(150L))).isEqualTo(1.5);
    SqlType small = SqlType.decimal(4, 1);
    Expression toSmall = new Cast(operand, small, small.physical(), false, false);
    assertThat(compiled(toSmall, fields, SegmentTest.row(1_25L))).isEqualTo(13L);
    assertThat(compiled(toSmall, fields, SegmentTest.row(1_000_00L)))
        .isEqualTo("Numeric data overflow");
    Expression toText = new Cast(operand, SqlType.varchar(9), Physical.BYTES, false, false);
    assertThat(compiled(toText, fields, SegmentTest.row(-1_25L))).isEqualTo("-1.25");
    assertThat(evaluated(toText, fields, SegmentTest.row(-1_25L))).isEqualTo("-1.25");
  }

  @Test
  void aCastThatMayFailYieldsNull() {
    List<Field> fields = List.of(Field.of("a", SqlType.varchar(9), true));
    Expression cast = new Cast(fields.getFirst().at(0), SqlType.INTEGER, Physical.INT, false, true);
    for (Object text : edges("12", "x", "99999999999")) {
      Integer expected = "12".equals(text) ? (Integer) 12 : null;
      assertThat(compiled(cast, fields, SegmentTest.row(text))).isEqualTo(expected);
      assertThat(evaluated(cast, fields, SegmentTest.row(text))).isEqualTo(expected);
    }
  }
}

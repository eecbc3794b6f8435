package io.redward.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.Field;
import io.redward.plan.step.Segment;
import io.redward.plan.step.TransformStep;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/// Expressions over values at the edges of each type: what the compiled program makes of them
/// against the evaluator, and both against what SQL says.
final class EdgeValues {
  private EdgeValues() {}

  static final SqlType WIDE = SqlType.decimal(30, 4);
  static final SqlType NARROW = SqlType.decimal(12, 2);

  private static final List<@Nullable Object> INTS =
      edges(0, 1, -1, 7, 46341, Integer.MAX_VALUE, Integer.MIN_VALUE);
  private static final List<@Nullable Object> LONGS =
      edges(0L, 1L, -1L, 9L, 3037000500L, Long.MAX_VALUE, Long.MIN_VALUE);
  private static final List<@Nullable Object> DOUBLES =
      edges(0.0, -0.0, 1.5, -2.5, 1e300, Double.NaN, Double.POSITIVE_INFINITY);
  private static final List<@Nullable Object> DECIMALS =
      edges(0L, 1L, -1L, 150L, -250L, 999_999_999_999L, -999_999_999_999L);
  private static final List<@Nullable Object> WIDES =
      edges(
          Int128.of(0),
          Int128.of(1),
          Int128.of(-15_000),
          Int128.of(Long.MAX_VALUE),
          Int128.of(BigInteger.TEN.pow(30).subtract(BigInteger.ONE)),
          Int128.of(BigInteger.TEN.pow(30).negate().add(BigInteger.ONE)));
  private static final List<@Nullable Object> STRINGS =
      edges("", " ", "a", "a ", "ab", "äöü", "PROMO BRUSHED", "promo%x", "7", "a\u0001");
  private static final List<@Nullable Object> BOOLEANS = edges(0, 1);

  static List<@Nullable Object> edges(Object... values) {
    List<@Nullable Object> list = new ArrayList<>(List.of(values));
    list.add(null);
    return list;
  }

  static List<@Nullable Object> edges(SqlType type) {
    return switch (type.kind()) {
      case BOOLEAN -> BOOLEANS;
      case DOUBLE -> DOUBLES;
      case DECIMAL -> type.physical() == Physical.LONG ? DECIMALS : WIDES;
      default ->
          switch (type.physical()) {
            case INT -> INTS;
            case LONG -> LONGS;
            case DOUBLE -> DOUBLES;
            case INT128 -> WIDES;
            case BYTES -> STRINGS;
          };
    };
  }

  static Literal literal(SqlType type, @Nullable Object value) {
    Constant constant =
        switch (value) {
          case null -> Constant.NULL;
          case Integer number -> new Constant.IntValue(number);
          case Long number -> new Constant.LongValue(number);
          case Double number -> new Constant.DoubleValue(number);
          case Int128 number -> new Constant.Int128Value(number);
          default -> Constant.of((String) value);
        };
    return new Literal(type, constant);
  }

  private static @Nullable Object plain(Constant constant) {
    return switch (constant) {
      case Constant.Null _ -> null;
      case Constant.IntValue(int value) -> value;
      case Constant.LongValue(long value) -> value;
      case Constant.DoubleValue(double value) -> value;
      case Constant.Int128Value(Int128 value) -> value;
      case Constant.BytesValue(byte[] value) -> new String(value, StandardCharsets.UTF_8);
    };
  }

  /// The value of the compiled expression for one row, or the error's message.
  static @Nullable Object compiled(
      Expression expression, List<Field> fields, List<@Nullable Object> row) {
    Field out = new Field("r", expression.type(), expression.physical(), true);
    Segment segment =
        new Segment(
            0,
            PlanRig.scan("t", fields),
            List.of(new TransformStep.Project(List.of(expression), List.of(out))),
            SegmentTest.toClient(List.of(out)),
            "");
    try {
      return new PlanRig().table("t", List.of(row)).run(segment).getFirst().getFirst();
    } catch (SqlException e) {
      return e.message();
    }
  }

  static @Nullable Object evaluated(
      Expression expression, List<Field> fields, List<@Nullable Object> row) {
    List<Literal> literals = new ArrayList<>();
    for (int i = 0; i < row.size(); i++) {
      literals.add(literal(fields.get(i).type(), row.get(i)));
    }
    try {
      return plain(ExpressionEvaluator.evaluate(expression, literals, List.of()));
    } catch (SqlException e) {
      return e.message();
    }
  }

  /// Compares compiled, evaluated and expected values over all pairs of edge values.
  static void check(
      SqlType left,
      SqlType right,
      BiFunction<Expression, Expression, Expression> make,
      BiFunction<@Nullable Object, @Nullable Object, @Nullable Object> expected) {
    List<Field> fields = List.of(Field.of("a", left, true), Field.of("b", right, true));
    Expression expression = make.apply(fields.get(0).at(0), fields.get(1).at(1));
    for (Object a : edges(left)) {
      for (Object b : edges(right)) {
        List<@Nullable Object> row = SegmentTest.row(a, b);
        Object actual = compiled(expression, fields, row);
        assertThat(actual)
            .as("%s with %s", expression, row)
            .isEqualTo(evaluated(expression, fields, row))
            .isEqualTo(expected.apply(a, b));
      }
    }
  }

  static Arithmetic arithmetic(
      Arithmetic.Operator operator, Expression a, Expression b, SqlType type) {
    return new Arithmetic(operator, a, b, type, type.physical());
  }
}

package io.redward.codegen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Case;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.DistinctFrom;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.InList;
import io.redward.plan.expression.IsNull;
import io.redward.plan.expression.Like;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Logical;
import io.redward.plan.expression.Negate;
import io.redward.plan.expression.Not;
import io.redward.plan.step.Field;
import io.redward.plan.step.Segment;
import io.redward.plan.step.TransformStep;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every expression case on edge values: the compiled program against the evaluator, and both
/// against what SQL says.
final class ExpressionTest {
  private static final SqlType WIDE = SqlType.decimal(30, 4);
  private static final SqlType NARROW = SqlType.decimal(12, 2);

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

  private static List<@Nullable Object> edges(Object... values) {
    List<@Nullable Object> list = new ArrayList<>(List.of(values));
    list.add(null);
    return list;
  }

  private static List<@Nullable Object> edges(SqlType type) {
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

  private static Literal literal(SqlType type, @Nullable Object value) {
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
  private static @Nullable Object compiled(
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

  private static @Nullable Object evaluated(
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
  private static void check(
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

  private static Arithmetic arithmetic(
      Arithmetic.Operator operator, Expression a, Expression b, SqlType type) {
    return new Arithmetic(operator, a, b, type, type.physical());
  }

  private static @Nullable Object exact(
      Arithmetic.Operator operator,
      @Nullable Object a,
      @Nullable Object b,
      BigInteger limit,
      String overflow) {
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
    boolean fits =
        result.compareTo(limit) <= 0
            && result.compareTo(limit.negate().subtract(BigInteger.ONE)) >= 0;
    return fits ? result : overflow;
  }

  @Test
  void integerArithmeticIsExactOrAnError() {
    for (Arithmetic.Operator operator : Arithmetic.Operator.values()) {
      check(
          SqlType.INTEGER,
          SqlType.INTEGER,
          (a, b) -> arithmetic(operator, a, b, SqlType.INTEGER),
          (a, b) ->
              exact(operator, a, b, BigInteger.valueOf(Integer.MAX_VALUE), "integer out of range")
                      instanceof BigInteger n
                  ? (Object) n.intValue()
                  : exact(
                      operator,
                      a,
                      b,
                      BigInteger.valueOf(Integer.MAX_VALUE),
                      "integer out of range"));
      check(
          SqlType.BIGINT,
          SqlType.INTEGER,
          (a, b) -> arithmetic(operator, a, b, SqlType.BIGINT),
          (a, b) ->
              exact(operator, a, b, BigInteger.valueOf(Long.MAX_VALUE), "bigint out of range")
                      instanceof BigInteger n
                  ? (Object) n.longValue()
                  : exact(
                      operator, a, b, BigInteger.valueOf(Long.MAX_VALUE), "bigint out of range"));
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
              new java.math.BigDecimal(BigInteger.valueOf((Long) a), 2)
                  .divide(
                      new java.math.BigDecimal(BigInteger.valueOf((Long) b), 2),
                      3,
                      java.math.RoundingMode.HALF_UP)
                  .unscaledValue());
        });
  }

  private static @Nullable Integer order(@Nullable Object a, @Nullable Object b) {
    if (a == null || b == null) {
      return null;
    }
    return switch (a) {
      case Integer number -> Long.compare(number, ((Number) b).longValue());
      case Long number -> Long.compare(number, ((Number) b).longValue());
      case Double number -> number == 0 && (Double) b == 0 ? 0 : Double.compare(number, (Double) b);
      case Int128 number -> number.compareTo((Int128) b);
      default ->
          Integer.signum(
              java.util.Arrays.compareUnsigned(
                  ((String) a).replaceAll(" +$", "").getBytes(StandardCharsets.UTF_8),
                  ((String) b).replaceAll(" +$", "").getBytes(StandardCharsets.UTF_8)));
    };
  }

  private static boolean holds(Comparison.Operator operator, int order) {
    return switch (operator) {
      case EQUAL -> order == 0;
      case NOT_EQUAL -> order != 0;
      case LESS -> order < 0;
      case LESS_OR_EQUAL -> order <= 0;
      case GREATER -> order > 0;
      case GREATER_OR_EQUAL -> order >= 0;
    };
  }

  @Test
  void comparisonsFollowTheOrderOfEachType() {
    List<SqlType> types =
        List.of(SqlType.INTEGER, SqlType.BIGINT, SqlType.DOUBLE, WIDE, SqlType.varchar(20));
    for (SqlType type : types) {
      for (Comparison.Operator operator : Comparison.Operator.values()) {
        check(
            type,
            type,
            (a, b) -> new Comparison(operator, a, b),
            (a, b) -> {
              Integer order = order(a, b);
              return order == null ? null : holds(operator, order) ? 1 : 0;
            });
      }
      check(
          type,
          type,
          DistinctFrom::new,
          (a, b) ->
              a == null || b == null
                  ? (a == null ^ b == null ? 1 : 0)
                  : Objects.requireNonNull(order(a, b)) != 0 ? 1 : 0);
    }
    check(
        SqlType.INTEGER,
        SqlType.BIGINT,
        (a, b) -> new Comparison(Comparison.Operator.LESS, a, b),
        (a, b) -> {
          Integer order = order(a, b);
          return order == null ? null : order < 0 ? 1 : 0;
        });
  }

  @Test
  void logicIsThreeValued() {
    check(
        SqlType.BOOLEAN,
        SqlType.BOOLEAN,
        (a, b) -> new Logical(Logical.Operator.AND, List.of(a, b)),
        (a, b) ->
            Integer.valueOf(0).equals(a) || Integer.valueOf(0).equals(b)
                ? (Object) 0
                : a == null || b == null ? null : 1);
    check(
        SqlType.BOOLEAN,
        SqlType.BOOLEAN,
        (a, b) -> new Not(new Logical(Logical.Operator.OR, List.of(a, b))),
        (a, b) ->
            Integer.valueOf(1).equals(a) || Integer.valueOf(1).equals(b)
                ? (Object) 0
                : a == null || b == null ? null : 1);
    check(
        SqlType.BOOLEAN,
        SqlType.BOOLEAN,
        (a, b) -> new IsNull(new Logical(Logical.Operator.AND, List.of(a, b))),
        (a, b) -> {
          boolean isFalse = Integer.valueOf(0).equals(a) || Integer.valueOf(0).equals(b);
          return !isFalse && (a == null || b == null) ? 1 : 0;
        });
  }

  @Test
  void logicCutsShort() {
    Expression safe =
        new Logical(
            Logical.Operator.AND,
            List.of(
                new Comparison(
                    Comparison.Operator.NOT_EQUAL,
                    new FieldRef(1, SqlType.INTEGER, Physical.INT, true),
                    literal(SqlType.INTEGER, 0)),
                new Comparison(
                    Comparison.Operator.GREATER,
                    arithmetic(
                        Arithmetic.Operator.DIVIDE,
                        new FieldRef(0, SqlType.INTEGER, Physical.INT, true),
                        new FieldRef(1, SqlType.INTEGER, Physical.INT, true),
                        SqlType.INTEGER),
                    literal(SqlType.INTEGER, 1))));
    List<Field> fields =
        List.of(Field.of("a", SqlType.INTEGER, true), Field.of("b", SqlType.INTEGER, true));
    assertThat(compiled(safe, fields, SegmentTest.row(8, 0))).isEqualTo(0);
    assertThat(compiled(safe, fields, SegmentTest.row(8, 2))).isEqualTo(1);
    assertThat(compiled(safe, fields, SegmentTest.row(8, null))).isNull();
    assertThat(compiled(safe, fields, SegmentTest.row(null, 0))).isEqualTo(0);
  }

  @Test
  void caseTakesTheFirstTrueBranch() {
    check(
        SqlType.INTEGER,
        SqlType.varchar(20),
        (a, b) ->
            new Case(
                List.of(
                    new Case.Branch(
                        new Comparison(Comparison.Operator.GREATER, a, literal(SqlType.INTEGER, 0)),
                        b),
                    new Case.Branch(new IsNull(a), literal(SqlType.varchar(20), "none"))),
                literal(SqlType.varchar(20), null),
                SqlType.varchar(20),
                Physical.BYTES),
        (a, b) -> a == null ? "none" : (Integer) a > 0 ? b : null);
  }

  @Test
  void inListsFindTheirMembers() {
    List<Constant> few = List.of(new Constant.IntValue(7), new Constant.IntValue(-1));
    List<Constant> many = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      many.add(new Constant.IntValue(i));
    }
    for (List<Constant> members : List.of(few, many)) {
      check(
          SqlType.INTEGER,
          SqlType.BOOLEAN,
          (a, _) -> new InList(a, members),
          (a, _) -> a == null ? null : members.contains(new Constant.IntValue((int) a)) ? 1 : 0);
    }
    List<Constant> names = new ArrayList<>();
    for (String name : List.of("a", "b", "c", "d", "ab", "äöü")) {
      names.add(Constant.of(name));
    }
    check(
        SqlType.varchar(9),
        SqlType.BOOLEAN,
        (a, _) -> new InList(a, names),
        (a, _) -> a == null ? null : List.of("a", "a ", "ab", "äöü").contains(a) ? 1 : 0);
  }

  @ParameterizedTest
  @CsvSource({
    "PROMO%, 1",
    "%BRUSHED, 1",
    "%MO B%, 1",
    "P%O%D, 1",
    "P_OMO BRUSHE_, 1",
    "_, 0",
    "%, 1",
    "promo%, 0",
    "%BRUSHED%X, 0",
    "%O_B%, 1",
    "PROMO BRUSHED, 1"
  })
  void likeMatchesWholeStrings(String pattern, int expected) {
    SqlType text = SqlType.varchar(30);
    FieldRef operand = new FieldRef(0, text, Physical.BYTES, true);
    Like like = new Like(Like.Kind.LIKE, operand, literal(text, pattern), '\\');
    List<Field> fields = List.of(Field.of("a", text, true));
    assertThat(compiled(like, fields, SegmentTest.row("PROMO BRUSHED"))).isEqualTo(expected);
    assertThat(evaluated(like, fields, SegmentTest.row("PROMO BRUSHED"))).isEqualTo(expected);
    assertThat(compiled(like, fields, SegmentTest.row((Object) null))).isNull();
    Like folded =
        new Like(Like.Kind.ILIKE, operand, literal(text, pattern.toLowerCase(Locale.ROOT)), '\\');
    assertThat(compiled(folded, fields, SegmentTest.row("PROMO BRUSHED")))
        .isEqualTo(pattern.equals("promo%") ? 1 : expected);
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
  void anInvalidPatternIsAnError() {
    SqlType text = SqlType.varchar(30);
    Like like = new Like(Like.Kind.LIKE, literal(text, "x"), literal(text, "x\\"), '\\');
    assertThatThrownBy(() -> ExpressionEvaluator.evaluate(like, List.of()))
        .isInstanceOf(SqlException.class)
        .hasMessage("LIKE pattern must not end with escape character");
  }
}

package io.redward.codegen;

import static io.redward.codegen.EdgeValues.WIDE;
import static io.redward.codegen.EdgeValues.arithmetic;
import static io.redward.codegen.EdgeValues.check;
import static io.redward.codegen.EdgeValues.compiled;
import static io.redward.codegen.EdgeValues.evaluated;
import static io.redward.codegen.EdgeValues.literal;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Case;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.DistinctFrom;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.InList;
import io.redward.plan.expression.IsNull;
import io.redward.plan.expression.Like;
import io.redward.plan.expression.Logical;
import io.redward.plan.expression.Not;
import io.redward.plan.step.Field;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Comparisons, three-valued logic, CASE, IN and LIKE.
final class PredicateTest {
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
              Arrays.compareUnsigned(
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
  void anInvalidPatternIsAnError() {
    SqlType text = SqlType.varchar(30);
    Like like = new Like(Like.Kind.LIKE, literal(text, "x"), literal(text, "x\\"), '\\');
    assertThatThrownBy(() -> ExpressionEvaluator.evaluate(like, List.of()))
        .isInstanceOf(SqlException.class)
        .hasMessage("LIKE pattern must not end with escape character");
  }
}

package io.redward.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Logical;
import io.redward.plan.step.Field;
import io.redward.plan.step.PhysicalPlan;
import io.redward.plan.step.Segment;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SinkStep.AggregateCall;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.plan.step.Stream;
import io.redward.plan.step.TransformStep;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What EXPLAIN (CODE) prints for two well-known queries, in short.
final class PrintedCodeTest {
  private static final SqlType MONEY = SqlType.decimal(12, 2);
  private static final Field FLAG = Field.of("l_returnflag", SqlType.character(1), false);
  private static final Field QUANTITY = Field.of("l_quantity", MONEY, false);
  private static final Field PRICE = Field.of("l_extendedprice", MONEY, false);
  private static final Field DISCOUNT = Field.of("l_discount", MONEY, true);
  private static final Field SHIPPED = Field.of("l_shipdate", SqlType.DATE, false);
  private static final List<Field> LINEITEM = List.of(FLAG, QUANTITY, PRICE, DISCOUNT, SHIPPED);

  private static Literal money(long cents) {
    return new Literal(MONEY, new Constant.LongValue(cents));
  }

  private static Literal date(int day) {
    return new Literal(SqlType.DATE, new Constant.IntValue(day));
  }

  private static Expression compare(int field, Comparison.Operator operator, Literal value) {
    return new Comparison(operator, LINEITEM.get(field).at(field), value);
  }

  private static AggregateCall sum(Field result, Expression argument) {
    return new AggregateCall(
        AggregateFunction.SUM, List.of(argument), false, Optional.empty(), List.of(), result);
  }

  private static String code(Expression condition, SinkStep.Aggregate sink) {
    Segment segment =
        new Segment(
            0,
            PlanRig.scan("lineitem", LINEITEM),
            List.of(new TransformStep.Filter(condition, LINEITEM)),
            sink,
            "");
    PhysicalPlan plan = new PhysicalPlan(List.of(new Stream(0, List.of(segment))), List.of(), 0);
    return new ClassFileCompiler().compile(plan, segment).code().get();
  }

  static String q6() {
    Field revenue = Field.of("revenue", SqlType.decimal(38, 4), true);
    Expression product =
        new Arithmetic(
            Arithmetic.Operator.MULTIPLY,
            PRICE.at(2),
            DISCOUNT.at(3),
            SqlType.decimal(24, 4),
            Physical.INT128);
    Expression condition =
        new Logical(
            Logical.Operator.AND,
            List.of(
                compare(4, Comparison.Operator.GREATER_OR_EQUAL, date(8766)),
                compare(4, Comparison.Operator.LESS, date(9131)),
                compare(3, Comparison.Operator.LESS_OR_EQUAL, money(7)),
                compare(1, Comparison.Operator.LESS, money(2400))));
    return code(
        condition,
        new SinkStep.Aggregate(1, List.of(), List.of(sum(revenue, product)), List.of(revenue)));
  }

  static String q1() {
    Field quantity = Field.of("sum_qty", SqlType.decimal(38, 2), true);
    Field charged = Field.of("sum_disc_price", SqlType.decimal(38, 4), true);
    Field count = Field.of("count_order", SqlType.BIGINT, false);
    Expression rest =
        new Arithmetic(
            Arithmetic.Operator.SUBTRACT,
            new Literal(SqlType.decimal(1, 0), new Constant.LongValue(1)),
            DISCOUNT.at(3),
            SqlType.decimal(13, 2),
            Physical.LONG);
    Expression product =
        new Arithmetic(
            Arithmetic.Operator.MULTIPLY, PRICE.at(2), rest, SqlType.decimal(25, 4), Physical.LONG);
    AggregateCall all =
        new AggregateCall(
            AggregateFunction.COUNT_STAR, List.of(), false, Optional.empty(), List.of(), count);
    return code(
        compare(4, Comparison.Operator.LESS_OR_EQUAL, date(10471)),
        new SinkStep.Aggregate(
            1,
            List.of(FLAG.at(0)),
            List.of(sum(quantity, QUANTITY.at(1)), sum(charged, product), all),
            List.of(FLAG, quantity, charged, count)));
  }

  private static String golden(String name) throws IOException {
    try (InputStream in =
        Objects.requireNonNull(PrintedCodeTest.class.getResourceAsStream(name), name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  @Test
  void sumsOverAFilterStayInLocals() throws IOException {
    assertThat(q6()).isEqualTo(golden("q6.txt"));
  }

  @Test
  void groupsAreFoundAndUpdatedInPlace() throws IOException {
    assertThat(q1()).isEqualTo(golden("q1.txt"));
  }
}

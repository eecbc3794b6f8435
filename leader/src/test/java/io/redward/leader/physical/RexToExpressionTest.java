package io.redward.leader.physical;

import static org.assertj.core.api.Assertions.assertThat;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.InList;
import io.redward.plan.expression.Like;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Logical;
import io.redward.plan.expression.Not;
import io.redward.plan.step.Field;
import io.redward.plan.step.SourceStep.ScanPredicate;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.junit.jupiter.api.Test;

/// Lowering of expressions: types, forms, and conditions a scan can test.
class RexToExpressionTest {
  private final TestAlgebra algebra = new TestAlgebra();

  private static Column column(String name, SqlType type, long min, long max) {
    return new Column(
        Field.of(name, type, true),
        name,
        name,
        ValueRange.of(min, max),
        8,
        100,
        Column.Origin.COMPUTED);
  }

  private RexNode field(int index, SqlType type) {
    return new RexInputRef(index, algebra.type(type));
  }

  private Expression convert(RexNode node, Column... row) {
    int[] places = new int[row.length];
    for (int i = 0; i < row.length; i++) {
      places[i] = i;
    }
    return new RexToExpression(List.of(row), places).convert(node);
  }

  @Test
  void wideProductOfSmallValuesIsComputedIn64Bits() {
    SqlType money = SqlType.decimal(15, 2);
    RexNode product =
        algebra.call(
            SqlType.decimal(30, 4), SqlStdOperatorTable.MULTIPLY, field(0, money), field(1, money));
    Column price = column("price", money, 0, 10_000_000);
    assertThat(convert(product, price, column("rate", money, 0, 100)).physical())
        .isEqualTo(Physical.LONG);
    assertThat(convert(product, price, column("rate", money, 0, 999_999_999_999_999L)).physical())
        .isEqualTo(Physical.INT128);
  }

  @Test
  void narrowFormIsOnlyEverChosenWhereEveryResultFits() {
    Random random = new Random(42);
    List<SqlOperator> operators =
        List.of(SqlStdOperatorTable.PLUS, SqlStdOperatorTable.MINUS, SqlStdOperatorTable.MULTIPLY);
    int narrowed = 0;
    for (int i = 0; i < 2_000; i++) {
      SqlType left = SqlType.decimal(18, random.nextInt(10));
      SqlType right = SqlType.decimal(18, random.nextInt(8));
      long a = random.nextLong(1L << (1 + random.nextInt(59)));
      long b = random.nextLong(1L << (1 + random.nextInt(59)));
      SqlOperator operator = operators.get(random.nextInt(operators.size()));
      int scale =
          operator == SqlStdOperatorTable.MULTIPLY
              ? left.scale() + right.scale()
              : Math.max(left.scale(), right.scale());
      RexNode call =
          algebra.call(SqlType.decimal(38, scale), operator, field(0, left), field(1, right));
      Arithmetic lowered =
          (Arithmetic) convert(call, column("a", left, -a, a), column("b", right, -b, b));
      if (lowered.physical() == Physical.LONG) {
        narrowed++;
        assertThat(extreme(lowered, a, b).bitLength()).isLessThanOrEqualTo(63);
      }
    }
    assertThat(narrowed).isBetween(200, 1_900);
  }

  private static BigInteger extreme(Arithmetic call, long a, long b) {
    BigInteger left = BigInteger.valueOf(a);
    BigInteger right = BigInteger.valueOf(b);
    if (call.operator() == Arithmetic.Operator.MULTIPLY) {
      return left.multiply(right);
    }
    int scale = call.type().scale();
    return left.multiply(BigInteger.TEN.pow(scale - call.left().type().scale()))
        .add(right.multiply(BigInteger.TEN.pow(scale - call.right().type().scale())));
  }

  @Test
  void listOfPointsBecomesOneLookUp() {
    Column mode = column("mode", SqlType.varchar(10), 0, 0);
    RexNode in =
        algebra.rex.makeIn(
            field(0, SqlType.varchar(10)), List.of(algebra.string("MAIL"), algebra.string("SHIP")));
    assertThat(convert(in, mode)).isInstanceOf(InList.class);
    RexNode notIn = algebra.test(SqlStdOperatorTable.NOT, in);
    assertThat(convert(notIn, mode)).isInstanceOf(Not.class);
  }

  @Test
  void constantIsBroughtToTheColumnsTypeExactly() {
    Column quantity = column("quantity", SqlType.SMALLINT, 0, 100);
    assertThat(compared(SqlStdOperatorTable.LESS_THAN, "2.5", quantity)).isEqualTo("quantity <= 2");
    assertThat(compared(SqlStdOperatorTable.GREATER_THAN_OR_EQUAL, "2.5", quantity))
        .isEqualTo("quantity > 2");
    assertThat(compared(SqlStdOperatorTable.GREATER_THAN, "-2.5", quantity))
        .isEqualTo("quantity > -3");
    assertThat(compared(SqlStdOperatorTable.EQUALS, "2.0", quantity)).isEqualTo("quantity = 2");
    assertThat(compared(SqlStdOperatorTable.EQUALS, "2.5", quantity)).isEqualTo("quantity = NULL");
    assertThat(compared(SqlStdOperatorTable.LESS_THAN, "99999999999.0", quantity))
        .isEqualTo("not null");
  }

  private String compared(SqlOperator operator, String value, Column column) {
    RexNode number = algebra.decimal(value);
    RexNode cast =
        io.redward.leader.relational.CastOperator.EXPLICIT.call(
            algebra.rex, SqlType.decimal(13, 1), field(0, column.field().type()));
    Optional<ScanPredicate> found =
        ScanPredicates.of(convert(algebra.test(operator, cast, number), column));
    return switch (found.orElseThrow()) {
      case ScanPredicate.Compare compare ->
          column.text()
              + " "
              + compare.operator().symbol()
              + " "
              + value((Literal) compare.value());
      case ScanPredicate.NullTest test -> test.wantNull() ? "null" : "not null";
      case ScanPredicate.In _ -> "in";
      case ScanPredicate.Matches _ -> "like";
    };
  }

  private static String value(Literal literal) {
    String text = ExpressionText.literal(literal.type(), literal.value());
    return text.startsWith("NULL") ? "NULL" : text;
  }

  @Test
  void nullableDisjunctionIsNotSplitIntoAScanTest() {
    Column a = column("a", SqlType.INTEGER, 0, 9);
    Column b = column("b", SqlType.INTEGER, 0, 9);
    RexNode or =
        algebra.test(
            SqlStdOperatorTable.OR,
            algebra.test(SqlStdOperatorTable.EQUALS, field(0, SqlType.INTEGER), algebra.integer(1)),
            algebra.test(
                SqlStdOperatorTable.EQUALS, field(1, SqlType.INTEGER), algebra.integer(2)));
    assertThat(ScanPredicates.of(convert(or, a, b))).isEmpty();
  }

  @Test
  void patternWithAPrefixBoundsTheColumn() {
    Column name = column("name", SqlType.varchar(55), 0, 0);
    Expression like =
        new Like(
            Like.Kind.LIKE,
            name.at(0),
            new Literal(SqlType.varchar(7), Constant.of("forest%")),
            '\\');
    assertThat(ImpliedPredicates.of(like))
        .extracting(p -> ExplainText.predicate(p, List.of(name)))
        .containsExactly("(name >= 'forest'::text)", "(name < 'foresu'::text)");
  }

  @Test
  void pointsOfEveryBranchOfAnOrAreTheOnlyOnesPossible() {
    Column a = column("a", SqlType.INTEGER, 0, 9);
    Column b = column("b", SqlType.INTEGER, 0, 9);
    Expression or =
        new Logical(
            Logical.Operator.OR,
            List.of(
                new Logical(Logical.Operator.AND, List.of(equal(a, 0, 1), equal(b, 1, 7))),
                equal(a, 0, 2)));
    assertThat(ImpliedPredicates.of(or))
        .containsExactly(
            new ScanPredicate.In(0, List.of(new Constant.IntValue(1), new Constant.IntValue(2))));
  }

  private static Expression equal(Column column, int place, int value) {
    return new Comparison(
        Comparison.Operator.EQUAL,
        column.at(place),
        new Literal(SqlType.INTEGER, new Constant.IntValue(value)));
  }
}

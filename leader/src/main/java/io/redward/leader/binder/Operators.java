package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.relational.Literals;
import io.redward.leader.sql.ast.Expr;
import io.redward.plan.expression.Constant;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Operators other than comparisons. Arithmetic of numbers is the algebra's own; everything else is
/// a function of the catalogue under the operator's symbol.
final class Operators {
  private static final Pattern DAY = Pattern.compile("\\s*\\d{4}-\\d{1,2}-\\d{1,2}\\s*");

  private final Expressions expressions;
  private final Coercion coercion;
  private final FunctionCalls functions;

  Operators(Binding binding, FunctionCalls functions) {
    expressions = binding.expressions();
    coercion = binding.coercion();
    this.functions = functions;
  }

  RexNode unary(Expr.UnaryExpr unary, RexNode operand) {
    SqlType type = typeOf(operand);
    return switch (unary.operator()) {
      case "-" -> negate(type.kind() == TypeKind.UNKNOWN ? number(operand) : operand, unary);
      case "+" -> type.kind() == TypeKind.UNKNOWN ? number(operand) : operand;
      default ->
          functions
              .find(unary.operator(), List.of(operand))
              .orElseThrow(() -> Errors.noOperator(unary.position(), unary.operator(), type));
    };
  }

  private RexNode number(RexNode open) {
    return coercion.to(open, SqlType.DOUBLE);
  }

  private RexNode negate(RexNode operand, Expr.UnaryExpr unary) {
    SqlType type = typeOf(operand);
    BigDecimal number = Coercion.number(operand);
    if (number != null) {
      boolean smallest = number.compareTo(BigDecimal.valueOf(-(long) Integer.MIN_VALUE)) == 0;
      SqlType literalType = smallest ? SqlType.INTEGER : smallestBigint(number, type);
      Optional<Constant> constant = LiteralText.number(number.negate(), literalType, true);
      if (constant.isPresent()) {
        return expressions.literal(literalType, constant.get());
      }
    }
    if (type.kind().isInterval() && operand instanceof RexLiteral literal) {
      return negateInterval(literal, type);
    }
    if (type.kind().isInterval()) {
      RexNode less = expressions.literal(SqlType.INTEGER, new Constant.IntValue(-1));
      return binary("*", operand, less, unary.position());
    }
    if (SuperValues.isSuper(operand)) {
      RexNode nothing = expressions.literal(SqlType.INTEGER, new Constant.IntValue(0));
      return binary("-", nothing, operand, unary.position());
    }
    if (!type.kind().isNumeric()) {
      return functions
          .find("-", List.of(operand))
          .orElseThrow(() -> Errors.noOperator(unary.position(), "-", type));
    }
    return expressions.strict(type, SqlStdOperatorTable.UNARY_MINUS, operand);
  }

  private static SqlType smallestBigint(BigDecimal number, SqlType type) {
    boolean smallest = number.compareTo(BigDecimal.valueOf(Long.MIN_VALUE).negate()) == 0;
    return smallest ? SqlType.BIGINT : type;
  }

  private RexNode negateInterval(RexLiteral literal, SqlType type) {
    return switch (Literals.constant(literal)) {
      case Constant.IntValue(int months) ->
          expressions.literal(type, new Constant.IntValue(-months));
      case Constant.LongValue(long micros) ->
          expressions.literal(type, new Constant.LongValue(-micros));
      default -> literal;
    };
  }

  RexNode binary(String operator, RexNode left, RexNode right, int position) {
    return switch (operator) {
      case "+", "-", "*", "/", "%" -> arithmetic(operator, left, right, position);
      case "||" -> catalogOperator(operator, text(left), text(right), position);
      default -> catalogOperator(operator, left, right, position);
    };
  }

  private RexNode text(RexNode node) {
    return SuperValues.isSuper(node)
        ? coercion.to(node, SqlType.varchar(SqlType.MAX_VARCHAR_BYTES))
        : node;
  }

  private RexNode arithmetic(String operator, RexNode left, RexNode right, int position) {
    SqlType a = typeOf(left);
    SqlType b = typeOf(right);
    if (isDay(left) && b.kind().isInteger() && (operator.equals("+") || operator.equals("-"))) {
      return catalogOperator(operator, coercion.to(left, SqlType.DATE), right, position);
    }
    if (a.kind() == TypeKind.UNKNOWN && b.kind().isNumeric()) {
      return arithmetic(operator, coercion.to(left, b), right, position);
    }
    if (b.kind() == TypeKind.UNKNOWN && a.kind().isNumeric()) {
      return arithmetic(operator, left, coercion.to(right, a), position);
    }
    if (a.kind().isNumeric() && b.kind().isNumeric()) {
      return numeric(operator, left, right);
    }
    if (SuperValues.isSuper(left) || SuperValues.isSuper(right)) {
      return dynamic(operator, left, right, position);
    }
    if (operator.equals("+") && isText(a) && isText(b)) {
      return catalogOperator("||", left, right, position);
    }
    Optional<RexNode> folded = shiftedDay(operator, left, right);
    return folded.isPresent() ? folded.get() : catalogOperator(operator, left, right, position);
  }

  /// Whether it is a text constant of the form of a day, which is no number.
  private static boolean isDay(RexNode node) {
    return node instanceof RexLiteral literal
        && typeOf(node).kind() == TypeKind.UNKNOWN
        && Literals.constant(literal) instanceof Constant.BytesValue(byte[] bytes)
        && DAY.matcher(new String(bytes, StandardCharsets.UTF_8)).matches();
  }

  /// Arithmetic of which the types are known only when it runs.
  private RexNode dynamic(String operator, RexNode left, RexNode right, int position) {
    String function =
        switch (operator) {
          case "+" -> "$super_add";
          case "-" -> "$super_subtract";
          case "*" -> "$super_multiply";
          case "/" -> "$super_divide";
          default -> "$super_modulo";
        };
    List<RexNode> operands =
        List.of(coercion.to(left, SuperValues.TYPE), coercion.to(right, SuperValues.TYPE));
    return functions.call(function, operands, position);
  }

  /// Strings may be put together by `+`, too.
  private static boolean isText(SqlType type) {
    return type.kind().isString() || type.kind() == TypeKind.UNKNOWN;
  }

  private RexNode numeric(String operator, RexNode left, RexNode right) {
    SqlType type = NumericRules.result(operator, typeOf(left), typeOf(right));
    return expressions.strict(
        type, numericOperator(operator), operand(left, type), operand(right, type));
  }

  /// Decimals keep their scales; other operands take the result's type.
  private RexNode operand(RexNode node, SqlType result) {
    return coercion.to(
        node, result.kind() == TypeKind.DECIMAL ? NumericRules.asDecimal(typeOf(node)) : result);
  }

  private static SqlOperator numericOperator(String operator) {
    return switch (operator) {
      case "+" -> SqlStdOperatorTable.PLUS;
      case "-" -> SqlStdOperatorTable.MINUS;
      case "*" -> SqlStdOperatorTable.MULTIPLY;
      case "/" -> SqlStdOperatorTable.DIVIDE;
      case "%" -> SqlStdOperatorTable.MOD;
      default -> throw new IllegalArgumentException(operator);
    };
  }

  private RexNode catalogOperator(String operator, RexNode left, RexNode right, int position) {
    return functions
        .find(operator, List.of(left, right))
        .orElseThrow(() -> Errors.noOperator(position, operator, typeOf(left), typeOf(right)));
  }

  /// A constant day moved by a constant interval: bounds such as `date '1998-12-01' - interval '90
  /// days'` become constants, which comparisons with columns want.
  private Optional<RexNode> shiftedDay(String operator, RexNode left, RexNode right) {
    boolean applies =
        (operator.equals("+") || operator.equals("-"))
            && typeOf(left).kind() == TypeKind.DATE
            && typeOf(right).kind().isInterval()
            && left instanceof RexLiteral
            && right instanceof RexLiteral
            && !Expressions.isNullLiteral(left)
            && !Expressions.isNullLiteral(right);
    if (!applies) {
      return Optional.empty();
    }
    int day = Coercion.days((RexLiteral) left);
    int sign = operator.equals("+") ? 1 : -1;
    long micros =
        switch (Literals.constant((RexLiteral) right)) {
          case Constant.IntValue(int months) ->
              LiteralText.plusMonths(day, sign * months) * LiteralText.MICROS_PER_DAY;
          case Constant.LongValue(long shift) -> day * LiteralText.MICROS_PER_DAY + sign * shift;
          default -> throw new AssertionError("an interval is months or microseconds");
        };
    return Optional.of(expressions.literal(SqlType.TIMESTAMP, new Constant.LongValue(micros)));
  }

  /// An interval constant, of months or of microseconds.
  RexNode interval(IntervalText interval, Expr.IntervalLiteral literal) {
    if (interval.isMixed()) {
      throw Errors.unsupported(
          literal.position(),
          "an interval of both months and days, unless it is added to or subtracted from a date");
    }
    boolean yearMonth =
        literal.qualifier().map(q -> q.isYearMonth()).orElse(interval.months() != 0);
    return yearMonth ? months(interval) : micros(interval);
  }

  private RexNode months(IntervalText interval) {
    return expressions.literal(
        SqlType.INTERVAL_YEAR_MONTH, new Constant.IntValue(interval.months()));
  }

  private RexNode micros(IntervalText interval) {
    return expressions.literal(
        SqlType.INTERVAL_DAY_SECOND, new Constant.LongValue(interval.micros()));
  }

  /// `left ± interval` where the interval has months and microseconds: first the months.
  RexNode mixedInterval(RexNode left, Expr.BinaryExpr binary, IntervalText interval) {
    RexNode moved = binary(binary.operator(), left, months(interval), binary.position());
    return binary(binary.operator(), moved, micros(interval), binary.position());
  }
}

package io.redward.leader.physical;

import com.google.common.collect.Range;
import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.relational.CalciteTypes;
import io.redward.leader.relational.CastOperator;
import io.redward.leader.relational.CatalogFunction;
import io.redward.leader.relational.Literals;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Call;
import io.redward.plan.expression.Case;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.DistinctFrom;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.IsNull;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Logical;
import io.redward.plan.expression.Negate;
import io.redward.plan.expression.Not;
import io.redward.plan.expression.Parameter;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexDynamicParam;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexUnknownAs;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.Sarg;

/// Lowers the algebra's expressions to the plan's, over one row whose column `i` lies at
/// `places[i]`. Chooses 64-bit arithmetic for wide decimals where [ValueRanges] proves that it is
/// enough.
final class RexToExpression {
  private final List<Column> row;
  private final int[] places;

  RexToExpression(List<Column> row, int[] places) {
    this.row = row;
    this.places = places;
  }

  /// @throws SqlException 0A000 for what no plan can express
  Expression convert(RexNode node) {
    return switch (node) {
      case RexInputRef ref -> field(ref.getIndex());
      case RexLiteral literal -> literal(literal);
      case RexDynamicParam parameter ->
          new Parameter(
              parameter.getIndex(),
              CalciteTypes.sqlType(parameter.getType()),
              parameter.getType().isNullable());
      case RexCall call -> call(call);
      default -> throw unsupported(node);
    };
  }

  private Expression field(int index) {
    int place = places[index];
    if (place < 0) {
      throw new AssertionError("field " + index + " was not asked for");
    }
    return row.get(place).at(place);
  }

  private static Literal literal(RexLiteral literal) {
    return new Literal(CalciteTypes.sqlType(literal.getType()), Literals.constant(literal));
  }

  private Expression call(RexCall call) {
    if (call.getOperator() instanceof CastOperator cast) {
      return cast(call, cast == CastOperator.ASSIGNMENT, cast == CastOperator.OR_NULL);
    }
    if (call.getOperator() instanceof CatalogFunction function) {
      return function(function, call);
    }
    return switch (call.getKind()) {
      case AND, OR -> logical(call);
      case NOT -> new Not(operand(call, 0));
      case EQUALS -> comparison(Comparison.Operator.EQUAL, call);
      case NOT_EQUALS -> comparison(Comparison.Operator.NOT_EQUAL, call);
      case LESS_THAN -> comparison(Comparison.Operator.LESS, call);
      case LESS_THAN_OR_EQUAL -> comparison(Comparison.Operator.LESS_OR_EQUAL, call);
      case GREATER_THAN -> comparison(Comparison.Operator.GREATER, call);
      case GREATER_THAN_OR_EQUAL -> comparison(Comparison.Operator.GREATER_OR_EQUAL, call);
      case IS_NULL, IS_UNKNOWN -> new IsNull(operand(call, 0));
      case IS_NOT_NULL -> new Not(new IsNull(operand(call, 0)));
      case IS_TRUE -> new Not(new DistinctFrom(operand(call, 0), Expressions.TRUE));
      case IS_NOT_TRUE -> new DistinctFrom(operand(call, 0), Expressions.TRUE);
      case IS_FALSE -> new Not(new DistinctFrom(operand(call, 0), Expressions.FALSE));
      case IS_NOT_FALSE -> new DistinctFrom(operand(call, 0), Expressions.FALSE);
      case IS_DISTINCT_FROM -> new DistinctFrom(operand(call, 0), operand(call, 1));
      case IS_NOT_DISTINCT_FROM -> new Not(new DistinctFrom(operand(call, 0), operand(call, 1)));
      case SEARCH -> search(call);
      case CASE -> choice(call);
      case COALESCE -> coalesce(call);
      case CAST -> cast(call, false, false);
      case PLUS -> arithmetic(Arithmetic.Operator.ADD, call);
      case MINUS -> arithmetic(Arithmetic.Operator.SUBTRACT, call);
      case TIMES -> arithmetic(Arithmetic.Operator.MULTIPLY, call);
      case DIVIDE -> arithmetic(Arithmetic.Operator.DIVIDE, call);
      case MOD -> arithmetic(Arithmetic.Operator.MODULO, call);
      case MINUS_PREFIX -> new Negate(operand(call, 0));
      case PLUS_PREFIX -> operand(call, 0);
      default -> throw unsupported(call);
    };
  }

  private Expression operand(RexCall call, int index) {
    return convert(call.getOperands().get(index));
  }

  private Expression comparison(Comparison.Operator operator, RexCall call) {
    return new Comparison(
        operator, Expressions.narrowed(operand(call, 0)), Expressions.narrowed(operand(call, 1)));
  }

  private Expression logical(RexCall call) {
    List<Expression> operands = call.getOperands().stream().map(this::convert).toList();
    return call.getKind() == SqlKind.AND
        ? new Logical(Logical.Operator.AND, operands)
        : Disjunctions.of(operands);
  }

  private Expression arithmetic(Arithmetic.Operator operator, RexCall call) {
    SqlType type = CalciteTypes.sqlType(call.getType());
    Expression left = Expressions.narrowed(operand(call, 0));
    Expression right = Expressions.narrowed(operand(call, 1));
    Arithmetic wide = new Arithmetic(operator, left, right, type, type.physical());
    Physical form = ValueRanges.form(wide, row);
    return form == type.physical() ? wide : new Arithmetic(operator, left, right, type, form);
  }

  private Expression cast(RexCall call, boolean strict, boolean orNull) {
    Expression operand = operand(call, 0);
    SqlType type = CalciteTypes.sqlType(call.getType());
    if (operand.type().equals(type) && !strict) {
      return operand;
    }
    if (operand instanceof Literal literal && literal.value() instanceof Constant.Null) {
      return new Literal(type, Constant.NULL);
    }
    Cast wide = new Cast(operand, type, type.physical(), strict, orNull);
    boolean narrow =
        type.physical() == Physical.INT128
            && operand.physical() != Physical.INT128
            && (operand.type().kind() == TypeKind.DECIMAL || operand.type().kind().isInteger())
            && ValueRanges.of(wide, row).fitsLong();
    return narrow ? new Cast(operand, type, Physical.LONG, strict, orNull) : wide;
  }

  private Expression choice(RexCall call) {
    List<RexNode> operands = call.getOperands();
    List<Case.Branch> branches = new ArrayList<>();
    for (int i = 0; i + 1 < operands.size(); i += 2) {
      branches.add(new Case.Branch(operand(call, i), operand(call, i + 1)));
    }
    return choice(branches, operand(call, operands.size() - 1), call);
  }

  private Expression coalesce(RexCall call) {
    List<Case.Branch> branches = new ArrayList<>();
    for (int i = 0; i + 1 < call.getOperands().size(); i++) {
      Expression value = operand(call, i);
      branches.add(new Case.Branch(new Not(new IsNull(value)), value));
    }
    return choice(branches, operand(call, call.getOperands().size() - 1), call);
  }

  private Expression choice(List<Case.Branch> branches, Expression otherwise, RexCall call) {
    SqlType type = CalciteTypes.sqlType(call.getType());
    Physical form = type.physical();
    if (form == Physical.INT128) {
      Case wide = new Case(branches, otherwise, type, form);
      boolean narrow =
          type.scale() <= SqlType.MAX_LONG_DECIMAL_PRECISION
              && ValueRanges.of(wide, row).fitsLong();
      form = narrow ? Physical.LONG : form;
    }
    Physical chosen = form;
    List<Case.Branch> formed =
        branches.stream()
            .map(b -> new Case.Branch(b.condition(), result(b.result(), type, chosen)))
            .toList();
    return new Case(formed, result(otherwise, type, chosen), type, chosen);
  }

  private static Expression result(Expression value, SqlType type, Physical form) {
    return value instanceof Literal literal && literal.value() instanceof Constant.Null
        ? Expressions.nullOf(type, form)
        : Expressions.inForm(value, form);
  }

  private Expression function(CatalogFunction function, RexCall call) {
    List<Expression> arguments = call.getOperands().stream().map(this::convert).toList();
    return Patterns.match(function.id(), arguments)
        .orElseGet(
            () ->
                new Call(
                    function.id(),
                    arguments.stream()
                        .map(a -> Expressions.inForm(a, a.type().physical()))
                        .toList(),
                    CalciteTypes.sqlType(call.getType()),
                    call.getType().isNullable()));
  }

  /// A set of points and ranges of one operand.
  private Expression search(RexCall call) {
    Expression operand = operand(call, 0);
    RexLiteral argument = (RexLiteral) call.getOperands().get(1);
    Sarg<?> sarg = argument.getValueAs(Sarg.class);
    if (sarg == null) {
      throw unsupported(call);
    }
    SqlType type = CalciteTypes.sqlType(call.getOperands().get(0).getType());
    Expression found =
        sarg.isComplementedPoints()
            ? new Not(ranges(operand, type, sarg.negate()))
            : ranges(operand, type, sarg);
    if (sarg.nullAs == RexUnknownAs.TRUE && operand.nullable()) {
      return new Logical(Logical.Operator.OR, List.of(new IsNull(operand), found));
    }
    if (sarg.nullAs == RexUnknownAs.FALSE && operand.nullable()) {
      return new Logical(Logical.Operator.AND, List.of(new Not(new IsNull(operand)), found));
    }
    return found;
  }

  private static Expression ranges(Expression operand, SqlType type, Sarg<?> sarg) {
    List<Expression> choices = new ArrayList<>();
    for (Range<?> range : sarg.rangeSet.asRanges()) {
      choices.add(range(operand, type, range));
    }
    if (choices.isEmpty()) {
      return Expressions.FALSE;
    }
    return choices.size() == 1 ? choices.getFirst() : Disjunctions.of(choices);
  }

  private static Expression range(Expression operand, SqlType type, Range<?> range) {
    if (!range.hasLowerBound() && !range.hasUpperBound()) {
      return new Not(new IsNull(operand));
    }
    List<Expression> bounds = new ArrayList<>();
    if (range.hasLowerBound()
        && range.hasUpperBound()
        && range.lowerEndpoint().equals(range.upperEndpoint())) {
      return compare(Comparison.Operator.EQUAL, operand, type, range.lowerEndpoint());
    }
    if (range.hasLowerBound()) {
      boolean closed = range.lowerBoundType() == com.google.common.collect.BoundType.CLOSED;
      bounds.add(
          compare(
              closed ? Comparison.Operator.GREATER_OR_EQUAL : Comparison.Operator.GREATER,
              operand,
              type,
              range.lowerEndpoint()));
    }
    if (range.hasUpperBound()) {
      boolean closed = range.upperBoundType() == com.google.common.collect.BoundType.CLOSED;
      bounds.add(
          compare(
              closed ? Comparison.Operator.LESS_OR_EQUAL : Comparison.Operator.LESS,
              operand,
              type,
              range.upperEndpoint()));
    }
    return Expressions.and(bounds);
  }

  private static Expression compare(
      Comparison.Operator operator, Expression operand, SqlType type, Object value) {
    Literal literal = new Literal(type, Literals.constant(type, value));
    return new Comparison(operator, operand, Expressions.narrowed(literal));
  }

  private static SqlException unsupported(RexNode node) {
    return new SqlException(
        SqlState.FEATURE_NOT_SUPPORTED, "this expression is not supported here: " + node);
  }
}

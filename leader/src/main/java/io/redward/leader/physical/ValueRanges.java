package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Case;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Negate;
import java.math.BigInteger;
import java.util.List;

/// Interval arithmetic over expressions, and the choice of 64 bits for decimals it allows.
///
/// A decimal of more than 18 digits takes 128 bits unless every value that can occur, and every
/// value on the way to it, is proved to fit a `long`. The proof starts from the exact bounds of
/// stored columns and from what types and literals promise.
final class ValueRanges {
  private ValueRanges() {}

  /// The range of `expression` over rows of `row`; [ValueRange#ANY] where nothing is known.
  static ValueRange of(Expression expression, List<Column> row) {
    return switch (expression) {
      case FieldRef field -> row.get(field.index()).range();
      case Literal literal -> literal(literal);
      case Arithmetic arithmetic when isExact(arithmetic.type()) ->
          meet(arithmetic(arithmetic, row), arithmetic.type());
      case Negate negate -> of(negate.operand(), row).negated();
      case Case choice -> choice(choice, row);
      case Cast cast when isExact(cast.type()) && isExact(cast.operand().type()) ->
          meet(
              of(cast.operand(), row).rescaled(cast.operand().type().scale(), cast.type().scale()),
              cast.type());
      default -> ValueRange.of(expression.type());
    };
  }

  private static boolean isExact(SqlType type) {
    return type.kind() == TypeKind.DECIMAL || type.kind().isInteger();
  }

  /// An error stops what exceeds the type, so the type bounds the range as well.
  private static ValueRange meet(ValueRange range, SqlType type) {
    ValueRange most = ValueRange.of(type);
    return range.within(most) ? range : most;
  }

  private static ValueRange literal(Literal literal) {
    return switch (literal.value()) {
      case Constant.IntValue(int value) -> ValueRange.of(value, value);
      case Constant.LongValue(long value) -> ValueRange.of(value, value);
      case Constant.Int128Value(var value) -> ValueRange.of(value.toBigInteger());
      case Constant.Null _ -> ValueRange.of(BigInteger.ZERO);
      case Constant.DoubleValue _, Constant.BytesValue _ -> ValueRange.ANY;
    };
  }

  private static ValueRange arithmetic(Arithmetic call, List<Column> row) {
    return exact(call, row).rescaled(exactScale(call), call.type().scale());
  }

  /// The range before rounding to the result's scale, in units of [#exactScale].
  private static ValueRange exact(Arithmetic call, List<Column> row) {
    ValueRange left = of(call.left(), row);
    ValueRange right = of(call.right(), row);
    int leftScale = call.left().type().scale();
    int rightScale = call.right().type().scale();
    int scale = exactScale(call);
    return switch (call.operator()) {
      case ADD -> left.rescaled(leftScale, scale).plus(right.rescaled(rightScale, scale));
      case SUBTRACT -> left.rescaled(leftScale, scale).minus(right.rescaled(rightScale, scale));
      case MULTIPLY -> left.times(right);
      case DIVIDE -> dividend(call, left).symmetric();
      case MODULO -> left.rescaled(leftScale, scale).or(ValueRange.of(0, 0));
    };
  }

  private static int exactScale(Arithmetic call) {
    int left = call.left().type().scale();
    int right = call.right().type().scale();
    return switch (call.operator()) {
      case ADD, SUBTRACT, MODULO -> Math.max(left, right);
      case MULTIPLY -> left + right;
      case DIVIDE -> call.type().scale();
    };
  }

  /// The dividend scaled up so that an integer division yields the result's scale.
  private static ValueRange dividend(Arithmetic call, ValueRange left) {
    int up = call.type().scale() + call.right().type().scale() - call.left().type().scale();
    return up > 0 ? left.rescaled(0, up) : left;
  }

  private static ValueRange choice(Case choice, List<Column> row) {
    ValueRange range = of(choice.otherwise(), row);
    for (Case.Branch branch : choice.branches()) {
      range = range.or(of(branch.result(), row));
    }
    return range;
  }

  /// The narrowest form in which an operator on exact numbers is sure to work.
  static Physical form(Arithmetic call, List<Column> row) {
    if (call.type().physical() != Physical.INT128 || is128(call.left()) || is128(call.right())) {
      return call.type().physical();
    }
    ValueRange left = of(call.left(), row);
    ValueRange right = of(call.right(), row);
    int scale = exactScale(call);
    boolean fits =
        switch (call.operator()) {
          case ADD, SUBTRACT, MODULO ->
              left.rescaled(call.left().type().scale(), scale).fitsLong()
                  && right.rescaled(call.right().type().scale(), scale).fitsLong()
                  && exact(call, row).fitsLong();
          case MULTIPLY -> exact(call, row).fitsLong();
          case DIVIDE -> dividend(call, left).fitsLong() && right.fitsLong();
        };
    return fits ? Physical.LONG : Physical.INT128;
  }

  private static boolean is128(Expression expression) {
    return expression.physical() == Physical.INT128;
  }
}

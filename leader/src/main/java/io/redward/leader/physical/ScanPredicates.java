package io.redward.leader.physical;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.InList;
import io.redward.plan.expression.IsNull;
import io.redward.plan.expression.Like;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Not;
import io.redward.plan.expression.Parameter;
import io.redward.plan.step.SourceStep.ScanPredicate;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Finds the conjuncts a scan can test by itself. Where the statement compares a cast of a column,
/// the constant is brought to the column's type instead, exactly: `smallint_column < 2.5` becomes
/// `smallint_column <= 2`, and a date against a timestamp compares whole days.
final class ScanPredicates {
  private static final BigDecimal MICROS_PER_DAY = BigDecimal.valueOf(86_400_000_000L);

  private ScanPredicates() {}

  /// The condition as a scan's predicate, if it is one. Field references are the scan's fields.
  static Optional<ScanPredicate> of(Expression condition) {
    return switch (condition) {
      case Comparison(var operator, var left, var right) when isConstant(right) ->
          compare(operator, left, right);
      case Comparison(var operator, var left, var right) when isConstant(left) ->
          compare(operator.mirrored(), right, left);
      case IsNull(FieldRef field) -> Optional.of(new ScanPredicate.NullTest(field.index(), true));
      case Not(IsNull(FieldRef field)) ->
          Optional.of(new ScanPredicate.NullTest(field.index(), false));
      case FieldRef field when field.type().kind() == TypeKind.BOOLEAN ->
          Optional.of(
              new ScanPredicate.Compare(
                  field.index(), Comparison.Operator.EQUAL, Expressions.TRUE));
      case Not(FieldRef field) ->
          Optional.of(
              new ScanPredicate.Compare(
                  field.index(), Comparison.Operator.EQUAL, Expressions.FALSE));
      case InList(FieldRef field, var values) when field.physical() == field.type().physical() ->
          Optional.of(new ScanPredicate.In(field.index(), values));
      case Like(var kind, FieldRef field, var pattern, var escape)
          when kind == Like.Kind.LIKE && isConstant(pattern) ->
          Optional.of(new ScanPredicate.Matches(field.index(), pattern, escape, true));
      case Not(Like(var kind, FieldRef field, var pattern, var escape))
          when kind == Like.Kind.LIKE && isConstant(pattern) ->
          Optional.of(new ScanPredicate.Matches(field.index(), pattern, escape, false));
      default -> Optional.empty();
    };
  }

  private static boolean isConstant(Expression expression) {
    return expression instanceof Literal || expression instanceof Parameter;
  }

  private static Optional<ScanPredicate> compare(
      Comparison.Operator operator, Expression side, Expression constant) {
    FieldRef field = column(side);
    if (field == null) {
      return Optional.empty();
    }
    if (constant instanceof Parameter parameter) {
      boolean alike = side == field && sameUnits(parameter.type(), field.type());
      return alike
          ? Optional.of(new ScanPredicate.Compare(field.index(), operator, parameter))
          : Optional.empty();
    }
    Literal literal = (Literal) constant;
    if (literal.value() instanceof Constant.Null) {
      return Optional.of(nothing(field));
    }
    return switch (field.type().physical()) {
      case BYTES -> bytes(operator, field, literal);
      case DOUBLE ->
          side == field && literal.value() instanceof Constant.DoubleValue
              ? Optional.of(
                  new ScanPredicate.Compare(
                      field.index(), operator, new Literal(field.type(), literal.value())))
              : Optional.empty();
      case INT, LONG, INT128 -> exact(operator, field, side.type(), literal);
    };
  }

  /// The column below casts that lose nothing, or null.
  static @Nullable FieldRef column(Expression expression) {
    if (expression instanceof FieldRef field) {
      return field;
    }
    return expression instanceof Cast cast
            && !cast.strict()
            && isLossless(cast.operand().type(), cast.type())
        ? column(cast.operand())
        : null;
  }

  static boolean isLossless(SqlType from, SqlType to) {
    if (isExact(from) && isExact(to)) {
      return to.scale() >= from.scale() && digits(to) - to.scale() >= digits(from) - from.scale();
    }
    if (from.kind().isString() && to.kind().isString()) {
      return to.precision() == 0 || (from.precision() > 0 && to.precision() >= from.precision());
    }
    return from.kind() == TypeKind.DATE && to.kind() == TypeKind.TIMESTAMP;
  }

  private static boolean isExact(SqlType type) {
    return type.kind().isInteger() || type.kind() == TypeKind.DECIMAL;
  }

  private static int digits(SqlType type) {
    return switch (type.kind()) {
      case SMALLINT -> 5;
      case INTEGER -> 10;
      case BIGINT -> 19;
      default -> type.precision();
    };
  }

  private static boolean sameUnits(SqlType a, SqlType b) {
    return a.physical() == b.physical()
        && a.scale() == b.scale()
        && (a.kind() == b.kind()
            || (a.kind().isString() && b.kind().isString())
            || (isExact(a) && isExact(b)));
  }

  private static Optional<ScanPredicate> bytes(
      Comparison.Operator operator, FieldRef field, Literal literal) {
    return literal.value() instanceof Constant.BytesValue
        ? Optional.of(
            new ScanPredicate.Compare(
                field.index(), operator, new Literal(field.type(), literal.value())))
        : Optional.empty();
  }

  private static Optional<ScanPredicate> exact(
      Comparison.Operator operator, FieldRef field, SqlType comparedAs, Literal literal) {
    BigDecimal value = new BigDecimal(unscaled(literal.value()), literal.type().scale());
    if (field.type().kind() == TypeKind.DATE && comparedAs.kind() == TypeKind.TIMESTAMP) {
      value = value.divide(MICROS_PER_DAY, 20, RoundingMode.FLOOR);
    } else if (!isExact(field.type()) && !field.type().equals(literal.type())) {
      return Optional.empty();
    }
    return Optional.of(inUnits(operator, field, value.scaleByPowerOfTen(field.type().scale())));
  }

  /// The comparison with a number of the column's units, which need not be whole.
  private static ScanPredicate inUnits(
      Comparison.Operator operator, FieldRef field, BigDecimal value) {
    BigInteger floor = value.setScale(0, RoundingMode.FLOOR).unscaledValue();
    boolean whole = value.compareTo(new BigDecimal(floor)) == 0;
    if (whole) {
      return bounded(operator, field, floor);
    }
    return switch (operator) {
      case EQUAL -> nothing(field);
      case NOT_EQUAL -> anything(field);
      case LESS, LESS_OR_EQUAL -> bounded(Comparison.Operator.LESS_OR_EQUAL, field, floor);
      case GREATER, GREATER_OR_EQUAL -> bounded(Comparison.Operator.GREATER, field, floor);
    };
  }

  private static ScanPredicate bounded(
      Comparison.Operator operator, FieldRef field, BigInteger value) {
    int bits =
        switch (field.type().physical()) {
          case INT -> 31;
          case LONG -> 63;
          default -> 127;
        };
    if (value.bitLength() <= bits) {
      return new ScanPredicate.Compare(
          field.index(), operator, new Literal(field.type(), constant(field, value)));
    }
    boolean above = value.signum() > 0;
    return switch (operator) {
      case EQUAL -> nothing(field);
      case NOT_EQUAL -> anything(field);
      case LESS, LESS_OR_EQUAL -> above ? anything(field) : nothing(field);
      case GREATER, GREATER_OR_EQUAL -> above ? nothing(field) : anything(field);
    };
  }

  private static Constant constant(FieldRef field, BigInteger value) {
    Physical physical = field.type().physical();
    return switch (physical) {
      case INT -> new Constant.IntValue(value.intValueExact());
      case LONG -> new Constant.LongValue(value.longValueExact());
      default -> new Constant.Int128Value(Int128.of(value));
    };
  }

  private static ScanPredicate anything(FieldRef field) {
    return new ScanPredicate.NullTest(field.index(), false);
  }

  /// A comparison with NULL, which no row passes.
  private static ScanPredicate nothing(FieldRef field) {
    return new ScanPredicate.Compare(
        field.index(), Comparison.Operator.EQUAL, new Literal(field.type(), Constant.NULL));
  }

  private static BigInteger unscaled(Constant value) {
    return switch (value) {
      case Constant.IntValue(int v) -> BigInteger.valueOf(v);
      case Constant.LongValue(long v) -> BigInteger.valueOf(v);
      case Constant.Int128Value(var v) -> v.toBigInteger();
      case Constant.Null _, Constant.DoubleValue _, Constant.BytesValue _ ->
          throw new AssertionError("not an exact number: " + value);
    };
  }
}

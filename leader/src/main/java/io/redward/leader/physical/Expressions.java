package io.redward.leader.physical;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Call;
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
import io.redward.plan.expression.Parameter;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/// Small operations on expression trees.
final class Expressions {
  static final Literal TRUE = new Literal(SqlType.BOOLEAN, Constant.of(true));
  static final Literal FALSE = new Literal(SqlType.BOOLEAN, Constant.of(false));

  private Expressions() {}

  /// Adds the indices of all fields that `expression` reads to `fields`.
  static void collectFields(Expression expression, Set<Integer> fields) {
    if (expression instanceof FieldRef field) {
      fields.add(field.index());
    }
    for (Expression child : expression.children()) {
      collectFields(child, fields);
    }
  }

  /// The same tree with `change` applied to each child.
  static Expression mapChildren(Expression expression, UnaryOperator<Expression> change) {
    return switch (expression) {
      case FieldRef _, Literal _, Parameter _ -> expression;
      case Arithmetic(var operator, var left, var right, var type, var physical) ->
          new Arithmetic(operator, change.apply(left), change.apply(right), type, physical);
      case Negate(var operand) -> new Negate(change.apply(operand));
      case Comparison(var operator, var left, var right) ->
          new Comparison(operator, change.apply(left), change.apply(right));
      case Logical(var operator, var operands) -> new Logical(operator, mapAll(operands, change));
      case Not(var operand) -> new Not(change.apply(operand));
      case IsNull(var operand) -> new IsNull(change.apply(operand));
      case DistinctFrom(var left, var right) ->
          new DistinctFrom(change.apply(left), change.apply(right));
      case InList(var operand, var values) -> new InList(change.apply(operand), values);
      case Like(var kind, var operand, var pattern, var escape) ->
          new Like(kind, change.apply(operand), change.apply(pattern), escape);
      case Case(var branches, var otherwise, var type, var physical) ->
          new Case(mapBranches(branches, change), change.apply(otherwise), type, physical);
      case Cast(var operand, var type, var physical, var strict, var orNull) ->
          new Cast(change.apply(operand), type, physical, strict, orNull);
      case Call(var id, var arguments, var type, var nullable) ->
          new Call(id, mapAll(arguments, change), type, nullable);
    };
  }

  private static List<Case.Branch> mapBranches(
      List<Case.Branch> branches, UnaryOperator<Expression> change) {
    return branches.stream()
        .map(b -> new Case.Branch(change.apply(b.condition()), change.apply(b.result())))
        .toList();
  }

  static List<Expression> mapAll(List<Expression> expressions, UnaryOperator<Expression> change) {
    return expressions.stream().map(change).toList();
  }

  /// Rewrites every field reference.
  static Expression mapFields(
      Expression expression, java.util.function.Function<FieldRef, Expression> change) {
    return expression instanceof FieldRef field
        ? change.apply(field)
        : mapChildren(expression, child -> mapFields(child, change));
  }

  /// The operands of nested ANDs.
  static List<Expression> conjuncts(Expression condition) {
    List<Expression> conjuncts = new ArrayList<>();
    addConjuncts(condition, conjuncts);
    return conjuncts;
  }

  private static void addConjuncts(Expression condition, List<Expression> conjuncts) {
    if (condition instanceof Logical logical && logical.operator() == Logical.Operator.AND) {
      logical.operands().forEach(operand -> addConjuncts(operand, conjuncts));
    } else if (!condition.equals(TRUE)) {
      conjuncts.add(condition);
    }
  }

  /// The conjunction of one or more conditions.
  static Expression and(List<Expression> conditions) {
    return conditions.size() == 1
        ? conditions.getFirst()
        : new Logical(Logical.Operator.AND, conditions);
  }

  /// A NULL that flows where values of this type and form do.
  static Expression nullOf(SqlType type, Physical physical) {
    return new Literal(ofForm(type, physical), Constant.NULL);
  }

  /// A type of the same family and scale whose values take `physical`.
  private static SqlType ofForm(SqlType type, Physical physical) {
    boolean narrowed =
        type.kind() == TypeKind.DECIMAL
            && physical == Physical.LONG
            && type.physical() == Physical.INT128
            && type.scale() <= SqlType.MAX_LONG_DECIMAL_PRECISION;
    return narrowed ? SqlType.decimal(SqlType.MAX_LONG_DECIMAL_PRECISION, type.scale()) : type;
  }

  /// The same value in form `physical`.
  static Expression inForm(Expression expression, Physical physical) {
    if (expression.physical() == physical) {
      return expression;
    }
    if (expression instanceof Literal literal) {
      if (literal.value() instanceof Constant.Null) {
        Expression converted = nullOf(literal.type(), physical);
        if (converted.physical() == physical) {
          return converted;
        }
      }
      if (physical == Physical.LONG && narrowed(literal).physical() == Physical.LONG) {
        return narrowed(literal);
      }
    }
    return new Cast(expression, expression.type(), physical, false, false);
  }

  /// A decimal literal of many declared digits as one of few, where its value allows.
  static Expression narrowed(Expression expression) {
    if (expression instanceof Literal(SqlType type, Constant.Int128Value(Int128 value))
        && type.kind() == TypeKind.DECIMAL
        && type.scale() <= SqlType.MAX_LONG_DECIMAL_PRECISION
        && value.fitsLong()
        && Math.abs(value.low()) < 1_000_000_000_000_000_000L
        && value.low() != Long.MIN_VALUE) {
      SqlType narrow = SqlType.decimal(SqlType.MAX_LONG_DECIMAL_PRECISION, type.scale());
      return new Literal(narrow, new Constant.LongValue(value.low()));
    }
    return expression;
  }

  /// What it costs to test or compute the expression for a row, roughly in comparisons of numbers.
  static double cost(Expression expression) {
    double cost =
        switch (expression) {
          case FieldRef _, Literal _, Parameter _ -> 0;
          case Arithmetic arithmetic -> arithmetic.physical() == Physical.INT128 ? 6 : 1;
          case Comparison c -> c.left().physical() == Physical.BYTES ? 4 : 1;
          case DistinctFrom d -> d.left().physical() == Physical.BYTES ? 4 : 1;
          case InList in -> in.operand().physical() == Physical.BYTES ? 8 : 2;
          case Like like -> like.kind() == Like.Kind.LIKE ? 20 : 200;
          case Cast cast ->
              cast.type().physical() == Physical.BYTES
                      || cast.operand().physical() == Physical.BYTES
                  ? 30
                  : 1;
          case Call _ -> 20;
          case Negate _, Logical _, Not _, IsNull _, Case _ -> 0.5;
        };
    for (Expression child : expression.children()) {
      cost += cost(child);
    }
    return cost;
  }
}

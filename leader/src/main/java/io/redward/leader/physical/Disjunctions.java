package io.redward.leader.physical;

import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.InList;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Logical;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// Writes `x = 1 OR x = 2 OR x IN (…)` as one IN list, so that it is one look-up and a scan can
/// test it.
final class Disjunctions {
  private Disjunctions() {}

  /// The disjunction of two or more conditions.
  static Expression of(List<Expression> operands) {
    Map<Expression, List<Constant>> points = new LinkedHashMap<>();
    List<Expression> others = new ArrayList<>();
    operands.forEach(operand -> sort(operand, points, others));
    List<Expression> choices = new ArrayList<>();
    points.forEach(
        (operand, values) ->
            choices.add(
                values.size() == 1
                    ? equal(operand, values.getFirst())
                    : new InList(operand, values.stream().distinct().toList())));
    choices.addAll(others);
    return choices.size() == 1 ? choices.getFirst() : new Logical(Logical.Operator.OR, choices);
  }

  private static Expression equal(Expression operand, Constant value) {
    return new Comparison(Comparison.Operator.EQUAL, operand, new Literal(operand.type(), value));
  }

  private static void sort(
      Expression condition, Map<Expression, List<Constant>> points, List<Expression> others) {
    switch (condition) {
      case Logical(var operator, var operands) when operator == Logical.Operator.OR ->
          operands.forEach(operand -> sort(operand, points, others));
      case Comparison(var operator, Expression operand, Literal literal)
          when operator == Comparison.Operator.EQUAL
              && !(operand instanceof Literal)
              && !(literal.value() instanceof Constant.Null)
              && literal.type().scale() == operand.type().scale()
              && literal.physical() == operand.type().physical()
              && operand.physical() == operand.type().physical() ->
          points.computeIfAbsent(operand, _ -> new ArrayList<>()).add(literal.value());
      case InList(var operand, var values) ->
          points.computeIfAbsent(operand, _ -> new ArrayList<>()).addAll(values);
      default -> others.add(condition);
    }
  }
}

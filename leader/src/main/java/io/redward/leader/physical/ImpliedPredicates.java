package io.redward.leader.physical;

import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.InList;
import io.redward.plan.expression.Like;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Logical;
import io.redward.plan.step.SourceStep.ScanPredicate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Conditions a scan can test that follow from one it cannot: they drop most rows, and whole
/// blocks, before the condition itself is tried on the rest.
///
/// `name LIKE 'forest%'` implies `name >= 'forest'` and `name < 'foresu'`; `(brand = 'A' AND …) OR
/// (brand = 'B' AND …)` implies `brand IN ('A', 'B')`.
final class ImpliedPredicates {
  private ImpliedPredicates() {}

  static List<ScanPredicate> of(Expression condition) {
    return switch (condition) {
      case Like(var kind, FieldRef field, Literal pattern, var escape)
          when kind == Like.Kind.LIKE
              && pattern.value() instanceof Constant.BytesValue(byte[] bytes) ->
          startsWith(field, prefix(bytes, escape));
      case Logical or when or.operator() == Logical.Operator.OR -> points(or.operands());
      default -> List.of();
    };
  }

  /// What every match starts with.
  private static byte[] prefix(byte[] pattern, char escape) {
    int length = 0;
    while (length < pattern.length
        && pattern[length] != '%'
        && pattern[length] != '_'
        && pattern[length] != escape) {
      length++;
    }
    return Arrays.copyOf(pattern, length);
  }

  private static List<ScanPredicate> startsWith(FieldRef field, byte[] prefix) {
    if (prefix.length == 0) {
      return List.of();
    }
    byte[] next = prefix.clone();
    next[next.length - 1]++;
    return List.of(
        compare(field, Comparison.Operator.GREATER_OR_EQUAL, prefix),
        compare(field, Comparison.Operator.LESS, next));
  }

  private static ScanPredicate compare(FieldRef field, Comparison.Operator operator, byte[] value) {
    return new ScanPredicate.Compare(
        field.index(), operator, new Literal(field.type(), new Constant.BytesValue(value)));
  }

  /// For each column that every branch restricts to certain values, all those values.
  private static List<ScanPredicate> points(List<Expression> branches) {
    Map<Integer, Set<Constant>> common = pointsOf(branches.getFirst());
    for (Expression branch : branches.subList(1, branches.size())) {
      Map<Integer, Set<Constant>> points = pointsOf(branch);
      common.keySet().retainAll(points.keySet());
      common.forEach((field, values) -> values.addAll(points.get(field)));
    }
    List<ScanPredicate> predicates = new ArrayList<>();
    common.forEach(
        (field, values) -> predicates.add(new ScanPredicate.In(field, List.copyOf(values))));
    return predicates;
  }

  private static Map<Integer, Set<Constant>> pointsOf(Expression branch) {
    Map<Integer, Set<Constant>> points = new LinkedHashMap<>();
    for (Expression conjunct : Expressions.conjuncts(branch)) {
      switch (conjunct) {
        case InList(FieldRef field, var values) when field.physical() == field.type().physical() ->
            points.putIfAbsent(field.index(), new LinkedHashSet<>(values));
        case Comparison(var operator, FieldRef field, Literal literal)
            when operator == Comparison.Operator.EQUAL
                && literal.physical() == field.type().physical()
                && literal.type().scale() == field.type().scale()
                && !(literal.value() instanceof Constant.Null) ->
            points.putIfAbsent(field.index(), new LinkedHashSet<>(Set.of(literal.value())));
        default -> {}
      }
    }
    return points;
  }
}

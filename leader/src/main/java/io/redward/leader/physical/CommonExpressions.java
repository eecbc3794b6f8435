package io.redward.leader.physical;

import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Call;
import io.redward.plan.expression.Case;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.IsNull;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Logical;
import io.redward.plan.expression.Parameter;
import io.redward.plan.step.Field;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/// Splits a projection that repeats a computation into two steps, so that it is done once a row:
///
/// `[a * (1 - b), a * (1 - b) * (1 + c)]` becomes `[a, b, c, a * (1 - b)]`, then `[#3, #3 * (1 +
/// #2)]`.
///
/// Only what is computed for every row in any case is taken out, or what cannot fail: something
/// that stands only in a CASE branch or behind an AND may be guarded against an error by what comes
/// before it. Function calls stay where they are, since some answer differently each time.
final class CommonExpressions {
  private final Map<Expression, Integer> uses = new HashMap<>();
  private final Set<Expression> certain = new HashSet<>();

  private CommonExpressions() {}

  /// The projection as one step, or as two where something is shared.
  static List<TransformStep> steps(
      List<Expression> expressions, List<Field> fields, List<Field> input) {
    CommonExpressions common = new CommonExpressions();
    expressions.forEach(e -> common.count(e, true));
    Map<Expression, Integer> shared = new LinkedHashMap<>();
    expressions.forEach(e -> common.collect(e, shared));
    if (shared.isEmpty()) {
      return List.of(new TransformStep.Project(expressions, fields));
    }
    return twoSteps(expressions, fields, input, List.copyOf(shared.keySet()));
  }

  private static List<TransformStep> twoSteps(
      List<Expression> expressions,
      List<Field> fields,
      List<Field> input,
      List<Expression> shared) {
    Set<Integer> read = new TreeSet<>();
    expressions.forEach(e -> collectOutside(e, shared, read));
    List<Expression> first = new ArrayList<>();
    List<Field> firstFields = new ArrayList<>();
    Map<Expression, Expression> replaced = new HashMap<>();
    for (int field : read) {
      FieldRef ref = input.get(field).at(field);
      replaced.put(ref, input.get(field).at(first.size()));
      first.add(ref);
      firstFields.add(input.get(field));
    }
    for (Expression expression : shared) {
      Field field =
          new Field("shared", expression.type(), expression.physical(), expression.nullable());
      replaced.put(expression, field.at(first.size()));
      first.add(expression);
      firstFields.add(field);
    }
    List<Expression> second = expressions.stream().map(e -> replace(e, replaced)).toList();
    return List.of(
        new TransformStep.Project(first, firstFields), new TransformStep.Project(second, fields));
  }

  private void count(Expression expression, boolean always) {
    uses.merge(expression, 1, Integer::sum);
    if (always || cannotFail(expression)) {
      certain.add(expression);
    }
    List<Expression> children = expression.children();
    for (int i = 0; i < children.size(); i++) {
      boolean guarded = (expression instanceof Case || expression instanceof Logical) && i > 0;
      count(children.get(i), always && !guarded);
    }
  }

  /// True if working the value out early can do no harm: exact arithmetic whose type has room for
  /// every result, and comparisons.
  private static boolean cannotFail(Expression expression) {
    boolean harmless =
        switch (expression) {
          case FieldRef _, Literal _, Parameter _, Comparison _, IsNull _ -> true;
          case Arithmetic arithmetic -> hasRoom(arithmetic);
          case Cast cast -> ScanPredicates.isLossless(cast.operand().type(), cast.type());
          default -> false;
        };
    return harmless && expression.children().stream().allMatch(CommonExpressions::cannotFail);
  }

  private static boolean hasRoom(Arithmetic call) {
    SqlType left = call.left().type();
    SqlType right = call.right().type();
    SqlType type = call.type();
    if (left.kind() != TypeKind.DECIMAL
        || right.kind() != TypeKind.DECIMAL
        || type.kind() != TypeKind.DECIMAL) {
      return false;
    }
    int scale = Math.max(left.scale(), right.scale());
    int whole = Math.max(left.precision() - left.scale(), right.precision() - right.scale());
    return switch (call.operator()) {
      case MULTIPLY ->
          type.scale() == left.scale() + right.scale()
              && type.precision() >= left.precision() + right.precision();
      case ADD, SUBTRACT -> type.scale() == scale && type.precision() > whole + scale;
      case DIVIDE, MODULO -> false;
    };
  }

  /// The largest repeated expressions.
  private void collect(Expression expression, Map<Expression, Integer> shared) {
    if (isLeaf(expression)) {
      return;
    }
    if (uses.getOrDefault(expression, 0) > 1
        && certain.contains(expression)
        && !holdsCall(expression)) {
      shared.put(expression, shared.size());
      return;
    }
    expression.children().forEach(child -> collect(child, shared));
  }

  private static boolean isLeaf(Expression expression) {
    return expression instanceof FieldRef
        || expression instanceof Literal
        || expression instanceof Parameter;
  }

  private static boolean holdsCall(Expression expression) {
    return expression instanceof Call
        || expression.children().stream().anyMatch(CommonExpressions::holdsCall);
  }

  private static void collectOutside(
      Expression expression, List<Expression> shared, Set<Integer> read) {
    if (shared.contains(expression)) {
      return;
    }
    if (expression instanceof FieldRef field) {
      read.add(field.index());
    }
    expression.children().forEach(child -> collectOutside(child, shared, read));
  }

  private static Expression replace(Expression expression, Map<Expression, Expression> replaced) {
    Expression known = replaced.get(expression);
    return known != null
        ? known
        : Expressions.mapChildren(expression, child -> replace(child, replaced));
  }
}

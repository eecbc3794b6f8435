package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Functions that choose among their arguments; in the plan each is a CASE.
final class ConditionalFunctions {
  private static final Set<String> NAMES =
      Set.of(
          "coalesce", "nvl", "ifnull", "isnull", "nullif", "nvl2", "decode", "greatest", "least");

  private final Expressions expressions;
  private final Coercion coercion;
  private final Comparisons comparisons;

  ConditionalFunctions(Binding binding, Comparisons comparisons) {
    expressions = binding.expressions();
    coercion = binding.coercion();
    this.comparisons = comparisons;
  }

  /// The call as a CASE; empty if the name is another function's.
  Optional<RexNode> bind(String name, List<RexNode> written, int position) {
    if (!NAMES.contains(name)) {
      return Optional.empty();
    }
    List<RexNode> arguments = written.stream().map(expressions::shared).toList();
    return switch (name) {
      case "coalesce", "nvl", "ifnull" -> Optional.of(coalesce(name, arguments, position));
      case "isnull" -> Optional.of(coalesce(name, count(name, arguments, 2, position), position));
      case "nullif" -> Optional.of(nullIf(count(name, arguments, 2, position), position));
      case "nvl2" -> Optional.of(nvl2(count(name, arguments, 3, position), position));
      case "decode" -> arguments.size() < 3 ? Optional.empty() : decode(arguments, position);
      case "greatest" -> Optional.of(extreme(name, ">", arguments, position));
      case "least" -> Optional.of(extreme(name, "<", arguments, position));
      default -> Optional.empty();
    };
  }

  private static List<RexNode> count(
      String name, List<RexNode> arguments, int wanted, int position) {
    if (arguments.size() != wanted) {
      throw Errors.at(
          position,
          SqlState.UNDEFINED_FUNCTION,
          name + " takes " + wanted + " arguments, not " + arguments.size());
    }
    return arguments;
  }

  private RexNode coalesce(String name, List<RexNode> arguments, int position) {
    if (arguments.isEmpty()) {
      throw Errors.at(position, SqlState.UNDEFINED_FUNCTION, name + " needs an argument");
    }
    String context = name.toUpperCase(Locale.ROOT);
    List<RexNode> values = new ArrayList<>(coercion.unify(arguments, context, position));
    List<RexNode> conditions = new ArrayList<>();
    List<RexNode> results = new ArrayList<>();
    for (RexNode value : values.subList(0, values.size() - 1)) {
      conditions.add(expressions.isNotNull(value));
      results.add(value);
    }
    results.add(values.getLast());
    if (conditions.isEmpty()) {
      return values.getLast();
    }
    RexNode choice = expressions.cases(conditions, results);
    boolean present = values.stream().anyMatch(v -> !v.getType().isNullable());
    return present ? expressions.notNull(choice) : choice;
  }

  private RexNode nullIf(List<RexNode> arguments, int position) {
    RexNode value = coercion.settled(arguments.get(0));
    RexNode same = comparisons.compare("=", arguments.get(0), arguments.get(1), position);
    return expressions.cases(List.of(same), List.of(expressions.nullOf(typeOf(value)), value));
  }

  private RexNode nvl2(List<RexNode> arguments, int position) {
    RexNode test = coercion.settled(arguments.get(0));
    List<RexNode> values = coercion.unify(arguments.subList(1, 3), "NVL2", position);
    return expressions.cases(List.of(expressions.isNotNull(test)), values);
  }

  /// DECODE(value, search, result, ..., otherwise): NULL matches NULL.
  private Optional<RexNode> decode(List<RexNode> arguments, int position) {
    RexNode value = arguments.getFirst();
    List<RexNode> conditions = new ArrayList<>();
    List<RexNode> results = new ArrayList<>();
    int i = 1;
    for (; i + 1 < arguments.size(); i += 2) {
      RexNode search = arguments.get(i);
      conditions.add(
          Expressions.isNullLiteral(search)
              ? expressions.isNull(coercion.settled(value))
              : matches(value, search, position));
      results.add(arguments.get(i + 1));
    }
    results.add(i < arguments.size() ? arguments.get(i) : expressions.nullOf(SqlType.UNKNOWN));
    return Optional.of(expressions.cases(conditions, coercion.unify(results, "DECODE", position)));
  }

  private RexNode matches(RexNode value, RexNode search, int position) {
    if (!search.getType().isNullable()) {
      return comparisons.compare("=", value, search, position);
    }
    List<RexNode> sides = comparisons.align("=", value, search, position);
    return expressions.call(
        SqlType.BOOLEAN,
        false,
        SqlStdOperatorTable.IS_NOT_DISTINCT_FROM,
        sides.get(0),
        sides.get(1));
  }

  /// GREATEST and LEAST pass over NULLs.
  private RexNode extreme(String name, String operator, List<RexNode> arguments, int position) {
    if (arguments.isEmpty()) {
      throw Errors.at(position, SqlState.UNDEFINED_FUNCTION, name + " needs an argument");
    }
    List<RexNode> values = coercion.unify(arguments, name.toUpperCase(Locale.ROOT), position);
    RexNode best = values.getFirst();
    for (RexNode next : values.subList(1, values.size())) {
      RexNode better = comparisons.compare(operator, next, best, position);
      RexNode takeNext =
          best.getType().isNullable()
              ? expressions.or(List.of(expressions.isNull(best), better))
              : better;
      RexNode choice = expressions.cases(List.of(takeNext), List.of(next, best));
      boolean present = !next.getType().isNullable() || !best.getType().isNullable();
      best = present ? expressions.notNull(choice) : choice;
    }
    return best;
  }
}

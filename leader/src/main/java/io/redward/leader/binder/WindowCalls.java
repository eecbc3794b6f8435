package io.redward.leader.binder;

import static io.redward.leader.binder.Expressions.typeOf;

import com.google.common.collect.ImmutableList;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.functions.FunctionCatalog;
import io.redward.leader.binder.AggregateBinding.Function;
import io.redward.leader.relational.CatalogAggregate;
import io.redward.leader.sql.ast.CallClauses;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.SortItem;
import io.redward.leader.sql.ast.WindowSpec;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.calcite.rex.RexFieldCollation;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexWindowBound;
import org.apache.calcite.rex.RexWindowBounds;
import org.apache.calcite.sql.SqlKind;

/// Calls with OVER.
final class WindowCalls {
  private final ExpressionBinder binder;
  private final Binding binding;
  private final Clause clause;
  private final Expressions expressions;
  private final Coercion coercion;

  WindowCalls(ExpressionBinder binder, Binding binding, Clause clause) {
    this.binder = binder;
    this.binding = binding;
    this.clause = clause;
    expressions = binding.expressions();
    coercion = binding.coercion();
  }

  RexNode bind(Expr.FunctionCall call, String name) {
    Map<String, WindowSpec> named = clause.windows();
    if (named == null) {
      throw Errors.at(
          call.position(),
          SqlState.WINDOWING_ERROR,
          "window functions are not allowed in " + clause.name());
    }
    if (call.distinct() && !takesDistinct(name)) {
      throw Errors.at(
          call.position(),
          SqlState.FEATURE_NOT_SUPPORTED,
          "DISTINCT is not implemented for window function " + name);
    }
    if (AggregateBinding.isSummed(name) && !call.arguments().isEmpty()) {
      ExpressionBinder argument = new ExpressionBinder(binder.queries(), clause.insideWindow());
      SqlType type = Expressions.typeOf(argument.bind(call.arguments().getFirst()));
      if (type.kind().isInterval()) {
        return overIntervals(call, name, type);
      }
    }
    WindowSpec window = resolve(call.over().orElseThrow(), named);
    // Windows do not nest, but aggregates inside them are evaluated before.
    ExpressionBinder inside = new ExpressionBinder(binder.queries(), clause.insideWindow());
    List<RexNode> partitions =
        window.partitionBy().stream().map(e -> coercion.settled(inside.bind(e))).toList();
    ImmutableList.Builder<RexFieldCollation> order = ImmutableList.builder();
    for (SortItem item : order(call, name, window)) {
      order.add(key(inside, item));
    }
    Function function = function(inside, call, name);
    boolean ranking = AggregateNames.isWindowOnly(name) && !framed(name);
    checkFrame(call, name, window, ranking);
    boolean rows =
        ranking || window.frame().map(f -> f.unit() == WindowSpec.Unit.ROWS).orElse(false);
    RexWindowBound start = start(window, inside);
    RexWindowBound end = end(window, inside, ranking);
    boolean nullable = nullable(name);
    return expressions
        .builder()
        .makeOver(
            expressions.type(function.type(), nullable),
            function.function(),
            function.arguments(),
            partitions,
            order.build(),
            start,
            end,
            rows,
            true,
            false,
            call.distinct(),
            call.clauses().nulls() == CallClauses.NullTreatment.IGNORE);
  }

  /// The sum or the mean of intervals, which are those of their numbers.
  private RexNode overIntervals(Expr.FunctionCall call, String name, SqlType type) {
    Expr numbers = Expr.FunctionCall.of("$interval_number", call.arguments(), call.position());
    Expr.FunctionCall summed =
        new Expr.FunctionCall(
            call.name(), List.of(numbers), call.clauses(), call.over(), call.position());
    SqlType number = type.kind() == TypeKind.INTERVAL_YEAR_MONTH ? SqlType.INTEGER : SqlType.BIGINT;
    FunctionCalls functions = new FunctionCalls(binder, binding, clause);
    return functions.call(
        "$number_interval", List.of(coercion.to(bind(summed, name), number)), call.position());
  }

  /// A list is in its own order, WITHIN GROUP, unless the window has one.
  private static List<SortItem> order(Expr.FunctionCall call, String name, WindowSpec window) {
    return name.equals("listagg") && window.orderBy().isEmpty()
        ? call.clauses().withinGroup()
        : window.orderBy();
  }

  /// LISTAGG leaves values out that come again; to the others they make no difference.
  private static boolean takesDistinct(String name) {
    return switch (name) {
      case "listagg", "min", "max", "bool_and", "bool_or", "any_value" -> true;
      default -> false;
    };
  }

  private static boolean framed(String name) {
    return switch (name) {
      case "first_value", "last_value", "nth_value" -> true;
      default -> false;
    };
  }

  private static boolean nullable(String name) {
    return switch (name) {
      case "count", "row_number", "rank", "dense_rank", "percent_rank", "cume_dist" -> false;
      default -> true;
    };
  }

  private RexFieldCollation key(ExpressionBinder inside, SortItem item) {
    RexNode key = coercion.settled(inside.bind(item.expr()));
    Set<SqlKind> direction = EnumSet.noneOf(SqlKind.class);
    if (item.descending()) {
      direction.add(SqlKind.DESCENDING);
    }
    boolean nullsFirst = item.nullsFirst().orElse(item.descending());
    direction.add(nullsFirst ? SqlKind.NULLS_FIRST : SqlKind.NULLS_LAST);
    return new RexFieldCollation(key, direction);
  }

  /// A window with what it takes over from the named one it refers to.
  private static WindowSpec resolve(WindowSpec window, Map<String, WindowSpec> named) {
    if (window.reference().isEmpty()) {
      return window;
    }
    String name = window.reference().get().name();
    WindowSpec found = named.get(name);
    if (found == null) {
      throw Errors.at(
          window.position(), SqlState.UNDEFINED_OBJECT, "window \"" + name + "\" does not exist");
    }
    WindowSpec original = resolve(found, named);
    return new WindowSpec(
        Optional.empty(),
        window.partitionBy().isEmpty() ? original.partitionBy() : window.partitionBy(),
        window.orderBy().isEmpty() ? original.orderBy() : window.orderBy(),
        window.frame().or(original::frame),
        window.position());
  }

  private void checkFrame(Expr.FunctionCall call, String name, WindowSpec window, boolean ranking) {
    if (ranking
        && window.orderBy().isEmpty()
        && binding.context().session().strict()
        && !name.equals("row_number")
        && !name.equals("ratio_to_report")) {
      throw Errors.at(
          call.position(),
          SqlState.WINDOWING_ERROR,
          "window function " + name + " requires an ORDER BY clause");
    }
    boolean missing = !ranking && !window.orderBy().isEmpty() && window.frame().isEmpty();
    if (missing && binding.context().session().strict()) {
      throw Errors.at(
          call.position(),
          SqlState.SYNTAX_ERROR,
          "Aggregate window functions with an ORDER BY clause require a frame clause");
    }
    if (window.frame().isPresent() && window.frame().get().unit() == WindowSpec.Unit.GROUPS) {
      throw Errors.unsupported(window.position(), "a GROUPS frame");
    }
    window.frame().ifPresent(frame -> checkEnds(frame, window.position()));
  }

  private static void checkEnds(WindowSpec.Frame frame, int position) {
    WindowSpec.BoundKind start = frame.start().kind();
    WindowSpec.BoundKind end = frame.end().kind();
    String problem = "";
    if (start == WindowSpec.BoundKind.UNBOUNDED_FOLLOWING) {
      problem = "frame start cannot be UNBOUNDED FOLLOWING";
    } else if (end == WindowSpec.BoundKind.UNBOUNDED_PRECEDING) {
      problem = "frame end cannot be UNBOUNDED PRECEDING";
    } else if (start == WindowSpec.BoundKind.CURRENT_ROW && end == WindowSpec.BoundKind.PRECEDING) {
      problem = "frame starting from current row cannot have preceding rows";
    } else if (start == WindowSpec.BoundKind.FOLLOWING
        && (end == WindowSpec.BoundKind.PRECEDING || end == WindowSpec.BoundKind.CURRENT_ROW)) {
      problem = "frame starting from following row cannot end with current row";
    }
    if (!problem.isEmpty()) {
      throw Errors.at(position, SqlState.WINDOWING_ERROR, problem);
    }
  }

  private RexWindowBound start(WindowSpec window, ExpressionBinder inside) {
    return window
        .frame()
        .map(frame -> bound(frame.start(), inside))
        .orElse(RexWindowBounds.UNBOUNDED_PRECEDING);
  }

  private RexWindowBound end(WindowSpec window, ExpressionBinder inside, boolean ranking) {
    if (window.frame().isPresent()) {
      return bound(window.frame().get().end(), inside);
    }
    return window.orderBy().isEmpty() && !ranking
        ? RexWindowBounds.UNBOUNDED_FOLLOWING
        : RexWindowBounds.CURRENT_ROW;
  }

  private RexWindowBound bound(WindowSpec.Bound bound, ExpressionBinder inside) {
    return switch (bound.kind()) {
      case UNBOUNDED_PRECEDING -> RexWindowBounds.UNBOUNDED_PRECEDING;
      case UNBOUNDED_FOLLOWING -> RexWindowBounds.UNBOUNDED_FOLLOWING;
      case CURRENT_ROW -> RexWindowBounds.CURRENT_ROW;
      case PRECEDING -> RexWindowBounds.preceding(offset(bound, inside));
      case FOLLOWING -> RexWindowBounds.following(offset(bound, inside));
    };
  }

  private RexNode offset(WindowSpec.Bound bound, ExpressionBinder inside) {
    Expr written = bound.offset().orElseThrow();
    if (written instanceof Expr.NullLiteral) {
      throw Errors.at(
          written.position(), SqlState.INVALID_PARAMETER_VALUE, "frame offset must not be null");
    }
    if (written instanceof Expr.UnaryExpr sign && sign.operator().equals("-")) {
      throw Errors.at(
          written.position(),
          SqlState.INVALID_PARAMETER_VALUE,
          "frame offset must not be negative");
    }
    return coercion.to(inside.bind(written), SqlType.BIGINT);
  }

  private Function function(ExpressionBinder inside, Expr.FunctionCall call, String name) {
    List<RexNode> arguments = inside.bindAll(call.arguments());
    if (AggregateNames.isAggregate(name)) {
      return new AggregateBinding(inside, binding, clause).windowFunction(call, name, arguments);
    }
    if (!AggregateNames.isWindowOnly(name)) {
      throw Suggestions.hintedCall(
          Errors.at(
              call.position(),
              SqlState.WRONG_OBJECT_TYPE,
              "OVER specified, but "
                  + name
                  + " is not a window function nor an aggregate function"),
          name);
    }
    int least = leastArguments(name);
    int most = mostArguments(name);
    if (arguments.size() < least || arguments.size() > most) {
      List<SqlType> types = arguments.stream().map(Expressions::typeOf).toList();
      throw FunctionCatalog.notFound(name, types).withPosition(call.position());
    }
    return switch (name) {
      case "row_number", "rank", "dense_rank" -> of(name, List.of(), SqlType.BIGINT);
      case "ntile" ->
          of(name, List.of(coercion.to(arguments.getFirst(), SqlType.BIGINT)), SqlType.BIGINT);
      case "percent_rank", "cume_dist" -> of(name, List.of(), SqlType.DOUBLE);
      case "ratio_to_report" ->
          of(name, List.of(coercion.to(arguments.getFirst(), SqlType.DOUBLE)), SqlType.DOUBLE);
      default -> value(name, arguments, call.position());
    };
  }

  private static int leastArguments(String name) {
    return switch (name) {
      case "ntile", "lag", "lead", "first_value", "last_value", "ratio_to_report" -> 1;
      case "nth_value" -> 2;
      default -> 0;
    };
  }

  private static int mostArguments(String name) {
    return switch (name) {
      case "lag", "lead" -> 3;
      default -> leastArguments(name);
    };
  }

  /// Functions that answer with another row's value.
  private Function value(String name, List<RexNode> arguments, int position) {
    List<RexNode> operands = new ArrayList<>();
    RexNode value = coercion.settled(arguments.getFirst());
    if (arguments.size() == 3) {
      List<RexNode> unified =
          coercion.unify(List.of(arguments.get(0), arguments.get(2)), name, position);
      value = unified.get(0);
      operands.add(value);
      operands.add(coercion.to(arguments.get(1), SqlType.BIGINT));
      operands.add(unified.get(1));
    } else {
      operands.add(value);
      if (arguments.size() == 2) {
        operands.add(coercion.to(arguments.get(1), SqlType.BIGINT));
      }
    }
    return of(name, operands, typeOf(value));
  }

  private Function of(String name, List<RexNode> arguments, SqlType type) {
    return new Function(new CatalogAggregate(name, expressions.type(type, true)), arguments, type);
  }
}

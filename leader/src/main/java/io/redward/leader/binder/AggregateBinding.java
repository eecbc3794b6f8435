package io.redward.leader.binder;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.SqlType;
import io.redward.functions.AggregateCatalog;
import io.redward.functions.FunctionCatalog;
import io.redward.functions.signature.ResolvedAggregate;
import io.redward.leader.binder.AggregateCalls.AggregateSpec;
import io.redward.leader.binder.AggregateCalls.SortKey;
import io.redward.leader.relational.CastOperator;
import io.redward.leader.relational.CatalogAggregate;
import io.redward.leader.sql.ast.Expr;
import io.redward.leader.sql.ast.Identifier;
import io.redward.leader.sql.ast.QualifiedName;
import io.redward.leader.sql.ast.SortItem;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.apache.calcite.rex.RexCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;

/// Calls of aggregate functions. The catalogue knows their types; the algebra its own COUNT, SUM,
/// MIN and MAX, and all others by name.
final class AggregateBinding {
  /// A function with its arguments converted.
  ///
  /// @param type of the result, without nullability
  record Function(SqlAggFunction function, List<RexNode> arguments, SqlType type) {}

  private final ExpressionBinder binder;
  private final Clause clause;
  private final Expressions expressions;
  private final Coercion coercion;

  AggregateBinding(ExpressionBinder binder, Binding binding, Clause clause) {
    this.binder = binder;
    this.clause = clause;
    expressions = binding.expressions();
    coercion = binding.coercion();
  }

  RexNode bind(Expr.FunctionCall call, String name) {
    Clause owner = new OuterAggregates(binder.queries(), clause).owner(call);
    if (owner != clause) {
      return ofOuter(owner, call, name);
    }
    AggregateCalls calls = clause.aggregates();
    if (calls == null) {
      throw Errors.at(
          call.position(),
          SqlState.GROUPING_ERROR,
          clause.name().equals(Clause.AGGREGATE)
              ? "aggregate function calls may not be nested"
              : "aggregates not allowed in " + clause.name() + " clause");
    }
    if (name.equals("array_agg") && call.arguments().size() == 1) {
      return array(call);
    }
    if (name.equals("st_collect") && call.arguments().size() == 1) {
      return collection(call);
    }
    ExpressionBinder inside = insideAggregate();
    if (name.equals("grouping")) {
      return grouping(calls, inside.bindAll(call.arguments()));
    }
    List<RexNode> written = inside.bindAll(call.arguments());
    boolean dynamic = isDynamic(name, written);
    boolean interval = isInterval(name, written);
    FunctionCalls functions = new FunctionCalls(binder, binder.queries().binding(), clause);
    List<RexNode> arguments = written;
    if (dynamic) {
      arguments = List.of(coercion.to(written.getFirst(), SuperValues.NUMBER));
    } else if (interval) {
      arguments = List.of(functions.call("$interval_number", written, call.position()));
    }
    List<SortKey> order = order(inside, call);
    Function function = function(call, name, arguments, order);
    Optional<RexNode> filter = call.clauses().filter().map(inside::condition).map(this::isTrue);
    if (binder.queries().binding().context().session().strict()) {
      requireSameOrder(calls, name, arguments, order, call.position());
    }
    boolean nullable = !name.equals("count") && !name.equals("hll");
    AggregateSpec spec =
        new AggregateSpec(
            function.function(),
            function.arguments(),
            call.distinct() && !call.clauses().approximate(),
            filter,
            order,
            expressions.type(function.type(), nullable));
    RexNode value = calls.add(expressions.builder(), spec);
    if (interval) {
      RexNode number = coercion.to(value, Expressions.typeOf(arguments.getFirst()));
      return functions.call("$number_interval", List.of(number), call.position());
    }
    return dynamic
        ? functions.call(
            "$super_plain", List.of(coercion.to(value, SuperValues.TYPE)), call.position())
        : value;
  }

  /// Whether it is the sum or the mean of intervals, which are those of their numbers.
  private static boolean isInterval(String name, List<RexNode> arguments) {
    return isSummed(name)
        && arguments.size() == 1
        && Expressions.typeOf(arguments.getFirst()).kind().isInterval();
  }

  static boolean isSummed(String name) {
    return name.equals("sum") || name.equals("avg");
  }

  /// An aggregate of a surrounding query, which this query sees like one of its columns.
  private RexNode ofOuter(Clause owner, Expr.FunctionCall call, String name) {
    Binding binding = binder.queries().binding();
    if (binding.context().session().strict()) {
      throw Errors.at(
          call.position(),
          SqlState.FEATURE_NOT_SUPPORTED,
          "This type of correlated subquery pattern is not supported yet");
    }
    ExpressionBinder outside = new ExpressionBinder(binder.queries(), owner);
    return owner.correlatedAggregates(
        expressions.builder(),
        binding.planner().cluster()::createCorrel,
        new AggregateBinding(outside, binding, owner).bind(call, name));
  }

  /// Redshift takes only one order within groups among MEDIAN and PERCENTILE functions.
  private static void requireSameOrder(
      AggregateCalls calls, String name, List<RexNode> arguments, List<SortKey> order, int at) {
    Optional<RexNode> key = groupOrder(name, arguments, order);
    for (AggregateSpec other : calls.calls()) {
      String otherName = other.function().getName().toLowerCase(Locale.ROOT);
      Optional<RexNode> otherKey = groupOrder(otherName, other.arguments(), other.order());
      if (key.isPresent() && otherKey.isPresent() && !sameKey(key.get(), otherKey.get())) {
        throw Errors.at(
            at,
            SqlState.SYNTAX_ERROR,
            "within group ORDER BY clauses for aggregate functions must be the same");
      }
    }
  }

  private static Optional<RexNode> groupOrder(
      String name, List<RexNode> arguments, List<SortKey> order) {
    if (name.equals("median")) {
      return Optional.of(arguments.getFirst());
    }
    return name.startsWith("percentile_") && !order.isEmpty()
        ? Optional.of(order.getFirst().expression())
        : Optional.empty();
  }

  /// The same but for a conversion that one of the functions asks for.
  private static boolean sameKey(RexNode a, RexNode b) {
    return withoutCasts(a).equals(withoutCasts(b));
  }

  private static RexNode withoutCasts(RexNode node) {
    return node instanceof RexCall call && call.getOperator() instanceof CastOperator
        ? withoutCasts(call.getOperands().getFirst())
        : node;
  }

  /// ARRAY_AGG(x): the list of the values' JSON texts between brackets, as a SUPER value.
  private RexNode array(Expr.FunctionCall call) {
    int position = call.position();
    Expr value = call.arguments().getFirst();
    Expr array = Expr.FunctionCall.of("array", List.of(value), position);
    Expr text = Expr.FunctionCall.of("json_serialize", List.of(array), position);
    // Without the brackets of the array of one, which has made a JSON null of a NULL.
    Expr inner =
        Expr.FunctionCall.of(
            "substring",
            List.of(
                text,
                new Expr.NumberLiteral("2", position),
                new Expr.BinaryExpr(
                    Expr.FunctionCall.of("len", List.of(text), position),
                    "-",
                    new Expr.NumberLiteral("2", position),
                    position)),
            position);
    Expr.FunctionCall list =
        new Expr.FunctionCall(
            QualifiedName.of(Identifier.of("listagg", position)),
            List.of(inner, new Expr.StringLiteral(",", position)),
            call.clauses(),
            Optional.empty(),
            position);
    RexNode texts = bind(list, "listagg");
    FunctionCalls functions = new FunctionCalls(binder, binder.queries().binding(), clause);
    RexNode opened = functions.call("||", List.of(expressions.string("["), texts), position);
    RexNode closed = functions.call("||", List.of(opened, expressions.string("]")), position);
    return functions.call("json_parse", List.of(closed), position);
  }

  /// ST_COLLECT(geometry): made of the list of the geometries' texts.
  private RexNode collection(Expr.FunctionCall call) {
    int position = call.position();
    Expr text = Expr.FunctionCall.of("st_ashexewkb", call.arguments(), position);
    Expr.FunctionCall list =
        new Expr.FunctionCall(
            call.name(),
            List.of(text, new Expr.StringLiteral(",", position)),
            call.clauses(),
            Optional.empty(),
            position);
    RexNode texts = bind(list, "st_collect");
    return new FunctionCalls(binder, binder.queries().binding(), clause)
        .call("$collect", List.of(texts), position);
  }

  /// Whether an aggregate of numbers is over SUPER values: it takes those that are numbers, as
  /// decimals, and its result is a SUPER value again.
  private static boolean isDynamic(String name, List<RexNode> arguments) {
    boolean numbers =
        switch (name) {
          case "sum",
              "avg",
              "stddev",
              "stddev_samp",
              "stddev_pop",
              "variance",
              "var_samp",
              "var_pop",
              "median" ->
              true;
          default -> false;
        };
    return numbers && arguments.size() == 1 && SuperValues.isSuper(arguments.getFirst());
  }

  /// Binds what stands inside the call, where no further aggregate may stand. Shares this clause's
  /// row, so that subqueries inside see it the same way.
  private ExpressionBinder insideAggregate() {
    return new ExpressionBinder(binder.queries(), clause.insideAggregate());
  }

  /// The algebra wants a filter that is never NULL.
  private RexNode isTrue(RexNode condition) {
    return condition.getType().isNullable()
        ? expressions.call(SqlType.BOOLEAN, false, SqlStdOperatorTable.IS_TRUE, condition)
        : condition;
  }

  private RexNode grouping(AggregateCalls calls, List<RexNode> arguments) {
    AggregateSpec spec =
        new AggregateSpec(
            SqlStdOperatorTable.GROUPING,
            arguments,
            false,
            Optional.empty(),
            List.of(),
            expressions.type(SqlType.BIGINT, false));
    return coercion.to(calls.add(expressions.builder(), spec), SqlType.INTEGER);
  }

  private List<SortKey> order(ExpressionBinder inside, Expr.FunctionCall call) {
    List<SortItem> items = new ArrayList<>(call.clauses().withinGroup());
    items.addAll(call.clauses().orderBy());
    List<SortKey> keys = new ArrayList<>();
    for (SortItem item : items) {
      RexNode key = coercion.settled(inside.bind(item.expr()));
      keys.add(new SortKey(key, item.descending(), item.nullsFirst().orElse(item.descending())));
    }
    return keys;
  }

  /// The aggregate function of a call with OVER.
  Function windowFunction(Expr.FunctionCall call, String name, List<RexNode> arguments) {
    Function function = function(call, name, arguments, order(binder, call));
    if (!call.distinct() || !name.equals("listagg")) {
      return function;
    }
    // The third argument of a list tells that values come once.
    List<RexNode> operands = new ArrayList<>(function.arguments());
    operands.add(expressions.bool(true));
    return new Function(function.function(), operands, function.type());
  }

  private Function function(
      Expr.FunctionCall call, String name, List<RexNode> written, List<SortKey> order) {
    List<RexNode> arguments = written;
    if (name.startsWith("percentile_")) {
      if (written.size() != 1 || order.size() != 1) {
        throw noFunction(name, written, call.position());
      }
      arguments = List.of(order.getFirst().expression(), written.getFirst());
    }
    boolean estimate = call.clauses().approximate() && name.equals("count") || name.equals("hll");
    if (estimate && arguments.size() == 1) {
      return catalog(
          "approximate_count_distinct",
          List.of(coercion.settled(arguments.getFirst())),
          SqlType.BIGINT);
    }
    if (arguments.size() == 1 && name.equals("listagg")) {
      arguments = List.of(arguments.getFirst(), expressions.string(""));
    }
    List<RexNode> given = arguments;
    List<SqlType> types = given.stream().map(FunctionCalls::argumentType).toList();
    ResolvedAggregate resolved =
        AggregateCatalog.builtIn()
            .resolve(name, types)
            .orElseThrow(() -> noFunction(name, written, call.position()));
    List<RexNode> converted = new ArrayList<>();
    for (int i = 0; i < given.size(); i++) {
      RexNode settled = name.equals("count") ? coercion.settled(given.get(i)) : given.get(i);
      converted.add(
          name.equals("count") ? settled : coercion.to(settled, resolved.parameterTypes().get(i)));
    }
    return switch (resolved.function()) {
      case COUNT, COUNT_STAR -> new Function(SqlStdOperatorTable.COUNT, converted, resolved.type());
      case SUM -> new Function(SqlStdOperatorTable.SUM, converted, resolved.type());
      case MIN -> new Function(SqlStdOperatorTable.MIN, converted, resolved.type());
      case MAX -> new Function(SqlStdOperatorTable.MAX, converted, resolved.type());
      default ->
          catalog(resolved.function().name().toLowerCase(Locale.ROOT), converted, resolved.type());
    };
  }

  private static SqlException noFunction(String name, List<RexNode> arguments, int position) {
    List<SqlType> types = arguments.stream().map(Expressions::typeOf).toList();
    return FunctionCatalog.notFound(name, types).withPosition(position);
  }

  private Function catalog(String id, List<RexNode> arguments, SqlType type) {
    return new Function(new CatalogAggregate(id, expressions.type(type, true)), arguments, type);
  }
}

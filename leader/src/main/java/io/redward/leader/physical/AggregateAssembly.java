package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.leader.relational.CalciteTypes;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Case;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.IsNull;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;

/// The calls and keys of one aggregation, and what must be computed from their results.
final class AggregateAssembly {
  /// A result, perhaps worked out from several calls.
  ///
  /// @param text how EXPLAIN writes it, if not as the expression
  private record Result(Expression value, Optional<String> text) {
    static Result of(Expression value) {
      return new Result(value, Optional.empty());
    }
  }

  private final Conversion conversion;
  private final Aggregate aggregate;
  private final Placed input;
  private final List<Expression> keys = new ArrayList<>();
  private final List<Column> columns = new ArrayList<>();
  private final List<SinkStep.AggregateCall> calls = new ArrayList<>();
  private final List<FieldRef> groupResults = new ArrayList<>();
  private final List<Result> results = new ArrayList<>();

  /// @param input the rows to group, repeated once a grouping set where there are several
  /// @param keyPlaces where keys are in them, NULL where a set leaves them out
  AggregateAssembly(Conversion conversion, Aggregate aggregate, Placed input, int[] keyPlaces) {
    this.conversion = conversion;
    this.aggregate = aggregate;
    this.input = input;
    List<Integer> all = aggregate.getGroupSet().asList().stream().map(k -> keyPlaces[k]).toList();
    boolean simple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
    List<Integer> needed =
        simple ? conversion.dependencies().determining(all, input.columns()) : all;
    needed.forEach(this::addKey);
    if (!simple) {
      addKey(input.columns().size() - 1);
    }
    for (int place : all) {
      groupResults.add(needed.contains(place) ? column(place) : dependent(place));
    }
  }

  private FieldRef column(int place) {
    int key = keys.indexOf(input.columns().get(place).at(place));
    return columns.get(key).at(key);
  }

  /// A key that others determine: any of its values in the group is its value.
  private FieldRef dependent(int place) {
    Column column = input.columns().get(place);
    calls.add(
        new SinkStep.AggregateCall(
            SinkStep.AggregateFunction.ANY_VALUE,
            List.of(column.at(place)),
            false,
            Optional.empty(),
            List.of(),
            column.field()));
    columns.add(column);
    return column.at(columns.size() - 1);
  }

  private void addKey(int place) {
    keys.add(input.columns().get(place).at(place));
    columns.add(input.columns().get(place));
  }

  void add(AggregateCall call) {
    SqlKind kind = call.getAggregation().getKind();
    switch (kind) {
      case LITERAL_AGG -> {
        RexNode literal = call.rexList.getFirst();
        results.add(Result.of(new RexToExpression(List.of(), new int[0]).convert(literal)));
      }
      case GROUPING, GROUPING_ID -> results.add(Result.of(grouping(call)));
      case SUM0 -> results.add(Result.of(zeroIfNull(result(call, true))));
      default -> results.add(average(call));
    }
  }

  /// An average of decimals as sum and count, which other calls often need as well; any other
  /// call as it is.
  private Result average(AggregateCall call) {
    boolean nullable = call.getType().isNullable() || mayBeEmpty();
    SqlType type = CalciteTypes.sqlType(call.getType());
    if (AggregateFunctions.of(call) != SinkStep.AggregateFunction.AVG
        || type.kind() != TypeKind.DECIMAL
        || call.isDistinct()
        || call.hasFilter()) {
      return Result.of(result(call, nullable));
    }
    Expression argument = at(call.getArgList().getFirst());
    SqlType sumType = SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, argument.type().scale());
    if (argument.nullable() || !sumFitsLong(argument, sumType)) {
      return Result.of(result(call, nullable));
    }
    FieldRef sum =
        reference(
            SinkStep.AggregateFunction.SUM,
            List.of(argument),
            new Field("sum", sumType, Physical.LONG, nullable));
    FieldRef count =
        reference(
            SinkStep.AggregateFunction.COUNT_STAR,
            List.of(),
            Field.of("count", SqlType.BIGINT, false));
    Expression divisor = new Cast(count, SqlType.decimal(19, 0), Physical.LONG, false, false);
    Arithmetic wide =
        new Arithmetic(Arithmetic.Operator.DIVIDE, sum, divisor, type, type.physical());
    Physical form = ValueRanges.form(wide, columns);
    Expression mean = new Arithmetic(wide.operator(), sum, divisor, type, form);
    return new Result(
        mayBeEmpty() ? unlessZero(count, mean) : mean,
        Optional.of(
            "avg(" + ExpressionText.of(argument, i -> input.columns().get(i).text()) + ")"));
  }

  private static Expression unlessZero(FieldRef count, Expression value) {
    Expression isZero =
        new Comparison(
            Comparison.Operator.EQUAL,
            count,
            new Literal(SqlType.BIGINT, new Constant.LongValue(0)));
    Expression none = Expressions.nullOf(value.type(), value.physical());
    return new Case(List.of(new Case.Branch(isZero, none)), value, value.type(), value.physical());
  }

  private FieldRef reference(
      SinkStep.AggregateFunction function, List<Expression> arguments, Field result) {
    return reference(
        new SinkStep.AggregateCall(function, arguments, false, Optional.empty(), List.of(), result),
        function == SinkStep.AggregateFunction.SUM ? "sum" : "count");
  }

  /// True if there can be a group without rows.
  private boolean mayBeEmpty() {
    return keys.isEmpty() || GroupingSets.emptySet(aggregate) >= 0;
  }

  private Expression result(AggregateCall call, boolean nullable) {
    List<Expression> arguments = new ArrayList<>();
    for (int argument : call.getArgList()) {
      arguments.add(at(argument));
    }
    SinkStep.AggregateFunction function = AggregateFunctions.of(call);
    SqlType type = CalciteTypes.sqlType(call.getType());
    Physical form = form(function, arguments, type);
    String name = call.getName() == null ? AggregateFunctions.name(call) : call.getName();
    Field field = new Field(name, type, form, nullable && !AggregateFunctions.isCount(function));
    SinkStep.AggregateCall planned =
        new SinkStep.AggregateCall(
            function,
            arguments,
            call.isDistinct() && AggregateFunctions.heedsDistinct(function),
            call.hasFilter() ? Optional.of(at(call.filterArg)) : Optional.empty(),
            RelToPhysical.sortKeys(call.getCollation(), input.places()),
            field);
    return reference(planned, AggregateFunctions.name(call));
  }

  /// The field of a call's result; calls that differ only in name are one.
  private FieldRef reference(SinkStep.AggregateCall call, String name) {
    for (int i = 0; i < calls.size(); i++) {
      if (alike(calls.get(i), call)) {
        return columns.get(keys.size() + i).at(keys.size() + i);
      }
    }
    calls.add(call);
    columns.add(AggregateFunctions.column(call, input.columns(), name));
    return call.result().at(columns.size() - 1);
  }

  private static boolean alike(SinkStep.AggregateCall a, SinkStep.AggregateCall b) {
    return a.function() == b.function()
        && a.arguments().equals(b.arguments())
        && a.distinct() == b.distinct()
        && a.filter().equals(b.filter())
        && a.orderBy().equals(b.orderBy())
        && a.result().type().equals(b.result().type())
        && a.result().physical() == b.result().physical();
  }

  /// A sum takes 64 bits where it cannot exceed them, whatever rows come.
  private Physical form(
      SinkStep.AggregateFunction function, List<Expression> arguments, SqlType type) {
    if (AggregateFunctions.yieldsArgument(function) && !arguments.isEmpty()) {
      return arguments.getFirst().physical();
    }
    boolean wideSum =
        function == SinkStep.AggregateFunction.SUM && type.physical() == Physical.INT128;
    return wideSum && sumFitsLong(arguments.getFirst(), type) ? Physical.LONG : type.physical();
  }

  private boolean sumFitsLong(Expression argument, SqlType type) {
    if (argument.physical() == Physical.INT128 || argument.type().scale() != type.scale()) {
      return false;
    }
    BigInteger rows = RowBounds.of(input.node(), conversion.dependencies());
    ValueRange values = ValueRanges.of(argument, input.columns()).or(ValueRange.of(0, 0));
    return values.times(ValueRange.of(rows)).fitsLong();
  }

  private Expression at(int field) {
    int place = input.places()[field];
    return input.columns().get(place).at(place);
  }

  private static Expression zeroIfNull(Expression sum) {
    Literal zero =
        switch (sum.physical()) {
          case INT128 ->
              new Literal(
                  SqlType.decimal(18, Math.min(18, sum.type().scale())), new Constant.LongValue(0));
          case DOUBLE -> new Literal(sum.type(), new Constant.DoubleValue(0));
          case INT -> new Literal(sum.type(), new Constant.IntValue(0));
          case LONG, BYTES -> new Literal(sum.type(), new Constant.LongValue(0));
        };
    return new Case(
        List.of(new Case.Branch(new IsNull(sum), Expressions.inForm(zero, sum.physical()))),
        sum,
        sum.type(),
        sum.physical());
  }

  Placed place(List<Integer> wanted) {
    PhysicalNode node = GroupingSets.node(aggregate, node(), conversion);
    int keyCount = aggregate.getGroupCount();
    int[] places = new int[aggregate.getRowType().getFieldCount()];
    Arrays.fill(places, -1);
    for (int i = 0; i < keyCount; i++) {
      places[i] = groupResults.get(i).index();
    }
    if (results.stream().allMatch(result -> result.value() instanceof FieldRef)) {
      for (int i = 0; i < wanted.size(); i++) {
        places[keyCount + wanted.get(i)] = ((FieldRef) results.get(i).value()).index();
      }
      return new Placed(node, places);
    }
    ProjectAssembly projection = new ProjectAssembly(new Placed(node, new int[0]));
    for (int i = 0; i < keyCount; i++) {
      FieldRef key = groupResults.get(i);
      places[i] = projection.add(key, columns.get(key.index()).field().name());
    }
    for (int i = 0; i < wanted.size(); i++) {
      String name = aggregate.getRowType().getFieldNames().get(keyCount + wanted.get(i));
      places[keyCount + wanted.get(i)] =
          projection.add(results.get(i).value(), name, results.get(i).text());
    }
    return new Placed(projection.node(), places);
  }

  private Expression grouping(AggregateCall call) {
    int set = keys.size() - 1;
    boolean simple = aggregate.getGroupType() == Aggregate.Group.SIMPLE;
    Expression id = simple ? GroupingSets.FIRST_SET : columns.get(set).at(set);
    return GroupingSets.grouping(aggregate, call, id);
  }

  private PhysicalNode.Aggregate node() {
    Estimate before = input.node().estimate();
    double groups = conversion.rows(aggregate);
    Estimate estimate =
        calls.isEmpty()
            ? CostModel.unique(before, keys.size(), groups)
            : CostModel.aggregate(before, keys.size(), calls.size(), groups);
    return new PhysicalNode.Aggregate(
        conversion.newState(),
        input.node(),
        List.copyOf(keys),
        List.copyOf(calls),
        RowOrder.groups(input.node(), keys),
        List.copyOf(columns),
        estimate,
        distribution());
  }

  private Distribution distribution() {
    if (keys.isEmpty()) {
      return Distribution.LEADER;
    }
    int[] moved = new int[input.columns().size()];
    Arrays.fill(moved, -1);
    for (int i = 0; i < keys.size(); i++) {
      moved[((FieldRef) keys.get(i)).index()] = i;
    }
    return input.node().distribution().moved(moved);
  }
}

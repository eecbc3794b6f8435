package io.redward.leader.physical;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Case;
import io.redward.plan.expression.Cast;
import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.expression.Literal;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.AggregateCall;
import io.redward.plan.step.SinkStep.AggregateFunction;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// The calls of an aggregation taken apart, so that groups can be made of smaller groups: what is
/// worked out over rows, how that is put together over groups, and the answers from it. An average
/// is a sum and a count.
final class PartialCalls {
  private final List<AggregateCall> partials = new ArrayList<>();
  private final List<Function<List<FieldRef>, Expression>> answers = new ArrayList<>();

  private PartialCalls() {}

  /// Nothing if there is a call whose groups say too little: DISTINCT, a median, a list.
  static Optional<PartialCalls> of(List<AggregateCall> calls) {
    PartialCalls result = new PartialCalls();
    for (AggregateCall call : calls) {
      if (!result.add(call)) {
        return Optional.empty();
      }
    }
    return Optional.of(result);
  }

  /// The calls over rows.
  List<AggregateCall> overRows() {
    return List.copyOf(partials);
  }

  /// The calls over groups.
  ///
  /// @param row of the groups; the partial results begin at `from`
  List<AggregateCall> overGroups(List<Column> row, int from) {
    List<AggregateCall> calls = new ArrayList<>();
    for (int i = 0; i < partials.size(); i++) {
      AggregateCall partial = partials.get(i);
      calls.add(
          new AggregateCall(
              merging(partial.function()),
              List.of(row.get(from + i).at(from + i)),
              false,
              Optional.empty(),
              List.of(),
              partial.result()));
    }
    return calls;
  }

  /// The answers of the calls given, where partial results begin at `from`.
  List<Expression> answers(List<Column> row, int from) {
    List<FieldRef> results = new ArrayList<>();
    for (int i = 0; i < partials.size(); i++) {
      results.add(row.get(from + i).at(from + i));
    }
    return answers.stream().map(answer -> answer.apply(results)).toList();
  }

  private static AggregateFunction merging(AggregateFunction function) {
    return switch (function) {
      case COUNT, COUNT_STAR -> AggregateFunction.SUM;
      default -> function;
    };
  }

  private boolean add(AggregateCall call) {
    if (call.distinct() || !call.orderBy().isEmpty()) {
      return false;
    }
    switch (call.function()) {
      case COUNT_STAR, COUNT, SUM, MIN, MAX, ANY_VALUE, BOOL_AND, BOOL_OR, BIT_AND, BIT_OR -> {
        int place = partial(call);
        answers.add(results -> results.get(place));
        return true;
      }
      case AVG -> {
        return average(call);
      }
      default -> {
        return false;
      }
    }
  }

  private int partial(AggregateCall call) {
    int known = partials.indexOf(call);
    if (known >= 0) {
      return known;
    }
    partials.add(call);
    return partials.size() - 1;
  }

  private boolean average(AggregateCall call) {
    Expression argument = call.arguments().getFirst();
    SqlType type = call.result().type();
    Optional<Field> sumField = sumOf(argument, type);
    if (sumField.isEmpty()) {
      return false;
    }
    int sum = partial(over(call, AggregateFunction.SUM, sumField.get()));
    int count =
        partial(over(call, AggregateFunction.COUNT, Field.of("count", SqlType.BIGINT, false)));
    answers.add(results -> mean(results.get(sum), results.get(count), call.result()));
    return true;
  }

  private static AggregateCall over(AggregateCall call, AggregateFunction function, Field result) {
    return new AggregateCall(function, call.arguments(), false, call.filter(), List.of(), result);
  }

  /// The sum behind an average; nothing where it could exceed what a sum may be.
  private static Optional<Field> sumOf(Expression argument, SqlType mean) {
    if (argument.physical() == Physical.DOUBLE) {
      return Optional.of(Field.of("sum", SqlType.DOUBLE, true));
    }
    if (argument.physical() == Physical.INT && mean.kind().isInteger()) {
      return Optional.of(Field.of("sum", SqlType.BIGINT, true));
    }
    if (argument.type().kind() == TypeKind.DECIMAL && mean.kind() == TypeKind.DECIMAL) {
      SqlType wide = SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, argument.type().scale());
      return Optional.of(Field.of("sum", wide, true));
    }
    return Optional.empty();
  }

  private static Expression mean(FieldRef sum, FieldRef count, Field result) {
    SqlType type = result.type();
    Expression none =
        new Comparison(
            Comparison.Operator.EQUAL,
            count,
            new Literal(SqlType.BIGINT, new Constant.LongValue(0)));
    Expression mean = divided(sum, count, type);
    Expression formed =
        mean.type().equals(type) && mean.physical() == result.physical()
            ? mean
            : new Cast(mean, type, result.physical(), false, false);
    return new Case(
        List.of(new Case.Branch(none, Expressions.nullOf(type, result.physical()))),
        formed,
        type,
        result.physical());
  }

  private static Expression divided(FieldRef sum, FieldRef count, SqlType type) {
    if (sum.physical() == Physical.DOUBLE) {
      Expression divisor = new Cast(count, SqlType.DOUBLE, Physical.DOUBLE, false, false);
      return new Arithmetic(
          Arithmetic.Operator.DIVIDE, sum, divisor, SqlType.DOUBLE, Physical.DOUBLE);
    }
    if (sum.physical() == Physical.LONG) {
      return new Arithmetic(Arithmetic.Operator.DIVIDE, sum, count, SqlType.BIGINT, Physical.LONG);
    }
    Expression divisor = new Cast(count, SqlType.decimal(19, 0), Physical.LONG, false, false);
    SqlType wide = SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, type.scale());
    return new Arithmetic(Arithmetic.Operator.DIVIDE, sum, divisor, wide, Physical.INT128);
  }
}

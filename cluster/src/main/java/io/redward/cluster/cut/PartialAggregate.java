package io.redward.cluster.cut;

import io.redward.foundation.types.Physical;
import io.redward.foundation.types.SqlType;
import io.redward.foundation.types.TypeKind;
import io.redward.plan.expression.Arithmetic;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.FieldRef;
import io.redward.plan.step.Field;
import io.redward.plan.step.SinkStep.Aggregate;
import io.redward.plan.step.SinkStep.AggregateCall;
import io.redward.plan.step.SinkStep.AggregateFunction;
import io.redward.plan.step.TransformStep;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// An aggregation in two steps: each node groups its rows, and what comes of that is grouped again.
///
/// @param partial what nodes do
/// @param complete what is done with their groups; its fields may be others than the original's
/// @param finish from the complete step's fields to the original's; empty if they are the same
record PartialAggregate(
    Aggregate partial, Aggregate complete, Optional<TransformStep.Project> finish) {

  /// Empty if one of the calls needs to see all rows of a group.
  static Optional<PartialAggregate> of(Aggregate step) {
    return step.calls().stream().allMatch(PartialAggregate::divides)
        ? Optional.of(new Division(step).result())
        : Optional.empty();
  }

  private static boolean divides(AggregateCall call) {
    if (!call.orderBy().isEmpty()) {
      return false;
    }
    return switch (call.function()) {
      case MIN, MAX, ANY_VALUE, BOOL_AND, BOOL_OR, BIT_AND, BIT_OR -> true;
      case COUNT_STAR, COUNT, SUM -> !call.distinct();
      case AVG -> !call.distinct() && isQuotient(call);
      case STDDEV_SAMP,
          STDDEV_POP,
          VAR_SAMP,
          VAR_POP,
          MEDIAN,
          PERCENTILE_CONT,
          PERCENTILE_DISC,
          LISTAGG,
          APPROXIMATE_COUNT_DISTINCT,
          HLL_CREATE_SKETCH,
          HLL_COMBINE,
          SINGLE_VALUE ->
          false;
    };
  }

  /// Whether a mean is the sum by the count in the arithmetic of plans: that of integers is cut
  /// off, which a quotient of decimals is not.
  private static boolean isQuotient(AggregateCall call) {
    TypeKind argument = call.arguments().getFirst().type().kind();
    TypeKind result = call.result().type().kind();
    return argument == TypeKind.DECIMAL && result == TypeKind.DECIMAL
        || argument == TypeKind.DOUBLE && result == TypeKind.DOUBLE;
  }

  private static final class Division {
    private final Aggregate step;
    private final int keys;
    private final List<AggregateCall> partial = new ArrayList<>();
    private final List<AggregateCall> complete = new ArrayList<>();
    private final List<Expression> finish = new ArrayList<>();
    private boolean finished = true;

    Division(Aggregate step) {
      this.step = step;
      keys = step.keys().size();
      for (int key = 0; key < keys; key++) {
        finish.add(step.fields().get(key).at(key));
      }
      step.calls().forEach(this::divide);
    }

    private void divide(AggregateCall call) {
      Field result = call.result();
      int at = keys + partial.size();
      switch (call.function()) {
        case COUNT_STAR, COUNT -> {
          add(call, AggregateFunction.SUM, result);
          finish.add(result.at(at));
        }
        case AVG -> {
          finished = false;
          Field sum = sum(call);
          Field count = Field.of("count", SqlType.BIGINT, false);
          add(with(call, AggregateFunction.SUM, sum), AggregateFunction.SUM, sum);
          add(with(call, AggregateFunction.COUNT, count), AggregateFunction.SUM, count);
          Expression rows = count.at(at + 1);
          finish.add(
              new Arithmetic(
                  Arithmetic.Operator.DIVIDE,
                  sum.at(at),
                  sum.physical() == Physical.DOUBLE
                      ? new io.redward.plan.expression.Cast(
                          rows, SqlType.DOUBLE, Physical.DOUBLE, false, false)
                      : rows,
                  result.type(),
                  result.physical()));
        }
        default -> {
          add(call, call.function(), result);
          finish.add(result.at(at));
        }
      }
    }

    private static Field sum(AggregateCall call) {
      SqlType argument = call.arguments().getFirst().type();
      return Field.of(
          "sum",
          argument.kind() == TypeKind.DECIMAL
              ? SqlType.decimal(SqlType.MAX_DECIMAL_PRECISION, argument.scale())
              : argument,
          true);
    }

    private static AggregateCall with(
        AggregateCall call, AggregateFunction function, Field result) {
      return new AggregateCall(function, call.arguments(), false, call.filter(), List.of(), result);
    }

    private void add(AggregateCall call, AggregateFunction again, Field result) {
      FieldRef value = result.at(keys + partial.size());
      partial.add(call);
      complete.add(
          new AggregateCall(again, List.of(value), false, Optional.empty(), List.of(), result));
    }

    private PartialAggregate result() {
      List<Field> fields = new ArrayList<>(step.fields().subList(0, keys));
      partial.forEach(call -> fields.add(call.result()));
      List<Expression> refs = new ArrayList<>();
      for (int key = 0; key < keys; key++) {
        refs.add(step.fields().get(key).at(key));
      }
      return new PartialAggregate(
          new Aggregate(step.stateId(), step.keys(), partial, fields, step.sorted()),
          new Aggregate(step.stateId(), refs, complete, fields),
          finished
              ? Optional.empty()
              : Optional.of(new TransformStep.Project(finish, step.fields())));
    }
  }
}

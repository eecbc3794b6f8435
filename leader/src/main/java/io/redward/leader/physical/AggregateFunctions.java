package io.redward.leader.physical;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.types.Physical;
import io.redward.leader.relational.CatalogAggregate;
import io.redward.plan.expression.Expression;
import io.redward.plan.step.SinkStep;
import io.redward.plan.step.SinkStep.AggregateFunction;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.sql.SqlAggFunction;

/// The plan's aggregate functions for those of the algebra, and what is known of each.
final class AggregateFunctions {
  private static final long MOST_ROWS = 1L << 48;

  private AggregateFunctions() {}

  static AggregateFunction of(AggregateCall call) {
    return of(call.getAggregation(), call.getArgList().isEmpty());
  }

  private static AggregateFunction of(SqlAggFunction function, boolean noArguments) {
    return switch (function.getKind()) {
      case COUNT -> noArguments ? AggregateFunction.COUNT_STAR : AggregateFunction.COUNT;
      case SUM, SUM0 -> AggregateFunction.SUM;
      case MIN -> AggregateFunction.MIN;
      case MAX -> AggregateFunction.MAX;
      case SINGLE_VALUE -> AggregateFunction.SINGLE_VALUE;
      case ANY_VALUE -> AggregateFunction.ANY_VALUE;
      default -> catalog(name(function));
    };
  }

  private static AggregateFunction catalog(String name) {
    for (AggregateFunction function : AggregateFunction.values()) {
      if (function.name().equalsIgnoreCase(name)) {
        return function;
      }
    }
    return switch (name) {
      case "stddev" -> AggregateFunction.STDDEV_SAMP;
      case "variance" -> AggregateFunction.VAR_SAMP;
      case "every" -> AggregateFunction.BOOL_AND;
      default ->
          throw new SqlException(
              SqlState.FEATURE_NOT_SUPPORTED, "aggregate function " + name + " is not supported");
    };
  }

  static String name(SqlAggFunction function) {
    String name = function instanceof CatalogAggregate ours ? ours.id() : function.getName();
    return name.toLowerCase(Locale.ROOT);
  }

  static String name(AggregateCall call) {
    return call.getAggregation().getKind() == org.apache.calcite.sql.SqlKind.SUM0
        ? "sum"
        : name(call.getAggregation());
  }

  /// True for functions that answer 0 for no rows; the others answer NULL.
  static boolean isCount(AggregateFunction function) {
    return switch (function) {
      case COUNT_STAR, COUNT, APPROXIMATE_COUNT_DISTINCT -> true;
      default -> false;
    };
  }

  /// True if the answer is one of the argument's values, in the argument's form.
  static boolean yieldsArgument(AggregateFunction function) {
    return switch (function) {
      case MIN, MAX, ANY_VALUE, SINGLE_VALUE -> true;
      default -> false;
    };
  }

  /// False where repeated values make no difference.
  static boolean heedsDistinct(AggregateFunction function) {
    return switch (function) {
      case MIN, MAX, ANY_VALUE, BOOL_AND, BOOL_OR, BIT_AND, BIT_OR, APPROXIMATE_COUNT_DISTINCT ->
          false;
      default -> true;
    };
  }

  /// The column of a call's answers.
  static Column column(SinkStep.AggregateCall call, List<Column> row, String name) {
    return new Column(
        call.result(),
        text(call, row, name, false),
        text(call, row, name, true),
        range(call, row),
        ScanBuilder.width(call.result().type()),
        Double.NaN,
        Column.Origin.COMPUTED);
  }

  private static String text(
      SinkStep.AggregateCall call, List<Column> row, String name, boolean qualified) {
    if (call.function() == AggregateFunction.COUNT_STAR) {
      return "count(*)";
    }
    return call.arguments().stream()
        .map(
            a ->
                ExpressionText.of(
                    a, i -> qualified ? row.get(i).qualifiedText() : row.get(i).text()))
        .collect(Collectors.joining(", ", name + (call.distinct() ? "(DISTINCT " : "("), ")"));
  }

  private static ValueRange range(SinkStep.AggregateCall call, List<Column> row) {
    return switch (call.function()) {
      case COUNT_STAR, COUNT, APPROXIMATE_COUNT_DISTINCT -> ValueRange.of(0, MOST_ROWS);
      case MIN, MAX, ANY_VALUE, SINGLE_VALUE -> ValueRanges.of(argument(call), row);
      default ->
          call.result().physical() == Physical.LONG
              ? ValueRange.of(Long.MIN_VALUE, Long.MAX_VALUE)
              : ValueRange.of(call.result().type());
    };
  }

  private static Expression argument(SinkStep.AggregateCall call) {
    return call.arguments().getFirst();
  }
}

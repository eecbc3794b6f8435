package io.redward.leader.advice;

import io.redward.plan.expression.Comparison;
import io.redward.plan.expression.Constant;
import io.redward.plan.expression.Expression;
import io.redward.plan.expression.Literal;
import io.redward.plan.expression.Parameter;
import io.redward.plan.step.SourceStep.ScanPredicate;
import io.redward.storage.table.ColumnStatistics;
import io.redward.storage.table.Distribution;
import io.redward.storage.table.ValueBounds;
import java.util.List;
import java.util.Optional;

/// The values that a scan's tests of one column leave, by their positions on the number line
/// ([Distribution]); good enough to tell what pruning by the column would be worth.
record FilterRange(double low, double high) {
  static final FilterRange ALL =
      new FilterRange(Double.NEGATIVE_INFINITY, Double.POSITIVE_INFINITY);

  boolean isAll() {
    return low == Double.NEGATIVE_INFINITY && high == Double.POSITIVE_INFINITY;
  }

  /// What is left of this after another test.
  FilterRange and(ScanPredicate predicate, List<Constant> parameters) {
    return switch (predicate) {
      case ScanPredicate.Compare(int _, var operator, var value) ->
          position(value, parameters).map(at -> and(operator, at)).orElse(this);
      case ScanPredicate.In(int _, var values) -> among(values);
      case ScanPredicate.NullTest _, ScanPredicate.Matches _ -> this;
    };
  }

  private FilterRange and(Comparison.Operator operator, double at) {
    return switch (operator) {
      case EQUAL -> new FilterRange(Math.max(low, at), Math.min(high, at));
      case LESS, LESS_OR_EQUAL -> new FilterRange(low, Math.min(high, at));
      case GREATER, GREATER_OR_EQUAL -> new FilterRange(Math.max(low, at), high);
      case NOT_EQUAL -> this;
    };
  }

  private FilterRange among(List<Constant> values) {
    double least = Double.POSITIVE_INFINITY;
    double most = Double.NEGATIVE_INFINITY;
    for (Constant value : values) {
      Optional<Double> at = position(value);
      if (at.isEmpty()) {
        return this;
      }
      least = Math.min(least, at.get());
      most = Math.max(most, at.get());
    }
    return new FilterRange(Math.max(low, least), Math.min(high, most));
  }

  private static Optional<Double> position(Expression value, List<Constant> parameters) {
    return switch (value) {
      case Literal literal -> position(literal.value());
      case Parameter parameter -> position(parameters.get(parameter.index()));
      default -> Optional.empty();
    };
  }

  private static Optional<Double> position(Constant value) {
    return switch (value) {
      case Constant.IntValue v -> Optional.of((double) v.value());
      case Constant.LongValue v -> Optional.of((double) v.value());
      case Constant.DoubleValue v -> Optional.of(v.value());
      case Constant.Int128Value v -> Optional.of(v.value().toBigInteger().doubleValue());
      case Constant.BytesValue v -> Optional.of(position(v.value()));
      case Constant.Null _ -> Optional.empty();
    };
  }

  private static double position(byte[] text) {
    return Distribution.position(text, 0, text.length);
  }

  /// Whether a block may hold such a value.
  boolean meets(ValueBounds bounds) {
    return switch (bounds) {
      case ValueBounds.Longs(long min, long max) -> max >= low && min <= high;
      case ValueBounds.Doubles(double min, double max) -> !(max < low) && !(min > high);
      case ValueBounds.Int128s(var min, var max) ->
          max.toBigInteger().doubleValue() >= low && min.toBigInteger().doubleValue() <= high;
      case ValueBounds.Bytes(byte[] min, byte[] max) ->
          position(max) >= low && position(min) <= high;
    };
  }

  /// The fraction of a column's values that lie in it.
  double fraction(ColumnStatistics statistics) {
    if (low > high) {
      return 0;
    }
    double least = 1 / Math.max(1, statistics.distinctCount());
    double share =
        statistics
            .distribution()
            .map(values -> below(values, Math.nextUp(high)) - below(values, low))
            .orElse(1.0);
    return Math.min(1, Math.max(least, share));
  }

  private static double below(Distribution values, double at) {
    return at == Double.NEGATIVE_INFINITY
        ? 0
        : at == Double.POSITIVE_INFINITY ? 1 : values.below(at);
  }
}

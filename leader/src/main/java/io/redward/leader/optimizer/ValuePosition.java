package io.redward.leader.optimizer;

import com.google.common.collect.Range;
import io.redward.foundation.types.Int128;
import io.redward.foundation.types.SqlType;
import io.redward.plan.expression.Constant;
import io.redward.storage.table.Distribution;
import io.redward.storage.table.ValueBounds;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalDouble;
import org.apache.calcite.util.NlsString;

/// Where a constant lies among a column's values: by their sampled distribution, or if there is
/// none between the smallest and the largest, values being taken to spread evenly. Strings lie by
/// their first eight bytes.
final class ValuePosition {
  private final double min;
  private final double max;
  private final double distinct;
  private final Optional<Distribution> distribution;

  ValuePosition(ColumnProfile profile) {
    distinct = profile.distinct();
    distribution = profile.distribution();
    Optional<ValueBounds> bounds = profile.bounds();
    min = bounds.map(known -> bound(known, true)).orElse(Double.NaN);
    max = bounds.map(known -> bound(known, false)).orElse(Double.NaN);
  }

  private static double bound(ValueBounds bounds, boolean lower) {
    return switch (bounds) {
      case ValueBounds.Longs(long min, long max) -> lower ? min : max;
      case ValueBounds.Doubles(double min, double max) -> lower ? min : max;
      case ValueBounds.Int128s(Int128 min, Int128 max) ->
          (lower ? min : max).toBigInteger().doubleValue();
      case ValueBounds.Bytes(byte[] min, byte[] max) -> prefix(lower ? min : max);
    };
  }

  private static double prefix(byte[] bytes) {
    double value = 0;
    for (int i = 0; i < Long.BYTES; i++) {
      value = value * 256 + (i < bytes.length ? bytes[i] & 0xff : 0);
    }
    return value;
  }

  /// The constant on the scale of a column's bounds: decimals there are unscaled.
  private static double number(Constant constant, SqlType type, SqlType column) {
    double factor = Math.pow(10, column.scale() - type.scale());
    return switch (constant) {
      case Constant.Null _ -> Double.NaN;
      case Constant.IntValue(int value) -> value * factor;
      case Constant.LongValue(long value) -> value * factor;
      case Constant.DoubleValue(double value) -> value * Math.pow(10, column.scale());
      case Constant.Int128Value(Int128 value) -> value.toBigInteger().doubleValue() * factor;
      case Constant.BytesValue(byte[] value) -> prefix(value);
    };
  }

  /// The fraction of values smaller than a constant, or NaN if nothing is known.
  double below(Constant constant, SqlType type, SqlType column) {
    return below(number(constant, type, column));
  }

  private double below(double value) {
    if (Double.isNaN(value) || Double.isNaN(min)) {
      return Double.NaN;
    }
    if (value <= min) {
      return 0;
    }
    return value > max
        ? 1
        : distribution
            .map(known -> known.below(value))
            .orElseGet(() -> value == max ? 1 : (value - min) / (max - min));
  }

  /// The fraction of present values that equal a constant; empty if that is not known.
  OptionalDouble equal(Constant constant, SqlType type, SqlType column) {
    if (distribution.isEmpty()) {
      return OptionalDouble.empty();
    }
    Distribution known = distribution.get();
    if (constant instanceof Constant.BytesValue(byte[] text)) {
      return OptionalDouble.of(known.equalTo(text, distinct));
    }
    double value = number(constant, type, column);
    return Double.isNaN(value)
        ? OptionalDouble.empty()
        : OptionalDouble.of(known.equalTo(value, distinct));
  }

  /// The same of an endpoint of a search argument.
  OptionalDouble equal(Object value, SqlType column) {
    if (distribution.isEmpty()) {
      return OptionalDouble.empty();
    }
    if (value instanceof NlsString string) {
      byte[] text = string.getValue().getBytes(StandardCharsets.UTF_8);
      return OptionalDouble.of(distribution.get().equalTo(text, distinct));
    }
    double number = endpoint(value, column);
    return Double.isNaN(number)
        ? OptionalDouble.empty()
        : OptionalDouble.of(distribution.get().equalTo(number, distinct));
  }

  /// True if no value can equal the constant.
  boolean isOutside(Constant constant, SqlType type, SqlType column) {
    double value = number(constant, type, column);
    return value < min || value > max;
  }

  /// The fraction of values in a range of a search argument.
  double fraction(Range<?> range, SqlType column, double unknown) {
    double from = range.hasLowerBound() ? below(endpoint(range.lowerEndpoint(), column)) : 0;
    double to = range.hasUpperBound() ? below(endpoint(range.upperEndpoint(), column)) : 1;
    return Double.isNaN(from) || Double.isNaN(to)
        ? unknown * (range.hasLowerBound() && range.hasUpperBound() ? 0.5 : 1)
        : Math.max(0, to - from);
  }

  private static double endpoint(Object value, SqlType column) {
    return switch (value) {
      case BigDecimal number -> number.scaleByPowerOfTen(column.scale()).doubleValue();
      case Double number -> number;
      case NlsString string -> prefix(string.getValue().getBytes(StandardCharsets.UTF_8));
      default -> Double.NaN;
    };
  }
}

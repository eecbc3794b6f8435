package io.redward.compute.scan;

import io.redward.foundation.types.Int128;
import io.redward.foundation.types.Physical;
import io.redward.plan.expression.Comparison.Operator;
import io.redward.plan.expression.Constant;
import io.redward.runtime.kernel.BytesFilters.BytesRange;
import io.redward.runtime.kernel.BytesOrder;
import io.redward.runtime.kernel.BytesSet;
import io.redward.runtime.kernel.LongSet;
import io.redward.runtime.string.LikeMatcher;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Makes column filters from comparisons: strict bounds become inclusive ones, constants are
/// brought to the column's form, two bounds on one column become one range.
final class FilterBuilder {
  private static final Int128 SMALLEST = new Int128(Long.MIN_VALUE, 0);
  private static final Int128 LARGEST = new Int128(Long.MAX_VALUE, -1);

  private FilterBuilder() {}

  static ColumnFilter compare(Physical physical, Operator operator, Constant constant) {
    if (constant instanceof Constant.Null) {
      return new ColumnFilter.Nothing();
    }
    return switch (physical) {
      case INT, LONG, INT128 -> {
        Int128 value = integer(constant);
        ColumnFilter wide = compareWide(operator, value);
        yield physical == Physical.INT128 ? wide : narrow(wide);
      }
      case DOUBLE -> compareDouble(operator, real(constant));
      case BYTES -> compareBytes(operator, bytes(constant));
    };
  }

  static ColumnFilter like(Constant pattern, char escape, boolean wanted) {
    return pattern instanceof Constant.Null
        ? new ColumnFilter.Nothing()
        : new ColumnFilter.BytesLike(LikeMatcher.of(bytes(pattern), escape, false), wanted);
  }

  static ColumnFilter in(Physical physical, List<Constant> constants) {
    return switch (physical) {
      case INT, LONG -> {
        long[] values =
            constants.stream()
                .map(FilterBuilder::integer)
                .filter(Int128::fitsLong)
                .mapToLong(Int128::low)
                .toArray();
        yield values.length == 0
            ? new ColumnFilter.Nothing()
            : new ColumnFilter.LongIn(LongSet.of(values));
      }
      case INT128 ->
          new ColumnFilter.Int128Among(
              constants.stream().map(FilterBuilder::integer).toArray(Int128[]::new), true);
      case DOUBLE ->
          new ColumnFilter.DoubleIn(constants.stream().mapToDouble(FilterBuilder::real).toArray());
      case BYTES -> {
        List<byte[]> values = new ArrayList<>();
        for (Constant constant : constants) {
          values.add(BytesOrder.trimmed(bytes(constant)));
        }
        yield new ColumnFilter.BytesIn(BytesSet.of(values), values);
      }
    };
  }

  /// One filter that asks the same as both, if there is such.
  static Optional<ColumnFilter> merge(ColumnFilter left, ColumnFilter right) {
    if (left instanceof ColumnFilter.LongRange a && right instanceof ColumnFilter.LongRange b) {
      long low = Math.max(a.low(), b.low());
      long high = Math.min(a.high(), b.high());
      return Optional.of(
          low > high ? new ColumnFilter.Nothing() : new ColumnFilter.LongRange(low, high));
    }
    if (left instanceof ColumnFilter.DoubleRange a && right instanceof ColumnFilter.DoubleRange b) {
      return Optional.of(
          new ColumnFilter.DoubleRange(
              Math.max(a.low(), b.low()), Math.min(a.high(), b.high()), a.nan() && b.nan()));
    }
    if (left instanceof ColumnFilter.Int128Range a && right instanceof ColumnFilter.Int128Range b) {
      Int128 low = a.low().compareTo(b.low()) >= 0 ? a.low() : b.low();
      Int128 high = a.high().compareTo(b.high()) <= 0 ? a.high() : b.high();
      return Optional.of(
          low.compareTo(high) > 0
              ? new ColumnFilter.Nothing()
              : new ColumnFilter.Int128Range(low, high));
    }
    if (left instanceof ColumnFilter.BytesBetween(BytesRange a)
        && right instanceof ColumnFilter.BytesBetween(BytesRange b)) {
      if (a.low() == null && b.high() == null) {
        return Optional.of(between(b.low(), b.lowInclusive(), a));
      }
      if (b.low() == null && a.high() == null) {
        return Optional.of(between(a.low(), a.lowInclusive(), b));
      }
    }
    return Optional.empty();
  }

  private static ColumnFilter between(
      byte @org.jspecify.annotations.Nullable [] low, boolean inclusive, BytesRange high) {
    return new ColumnFilter.BytesBetween(
        new BytesRange(low, inclusive, high.high(), high.highInclusive()));
  }

  private static ColumnFilter compareWide(Operator operator, Int128 value) {
    return switch (operator) {
      case EQUAL -> new ColumnFilter.Int128Range(value, value);
      case NOT_EQUAL -> new ColumnFilter.Int128Among(new Int128[] {value}, false);
      case LESS ->
          value.equals(SMALLEST)
              ? new ColumnFilter.Nothing()
              : new ColumnFilter.Int128Range(SMALLEST, plus(value, -1));
      case LESS_OR_EQUAL -> new ColumnFilter.Int128Range(SMALLEST, value);
      case GREATER ->
          value.equals(LARGEST)
              ? new ColumnFilter.Nothing()
              : new ColumnFilter.Int128Range(plus(value, 1), LARGEST);
      case GREATER_OR_EQUAL -> new ColumnFilter.Int128Range(value, LARGEST);
    };
  }

  private static Int128 plus(Int128 value, int change) {
    return Int128.of(value.toBigInteger().add(BigInteger.valueOf(change)));
  }

  /// The same question asked of values that fit a long.
  private static ColumnFilter narrow(ColumnFilter wide) {
    return switch (wide) {
      case ColumnFilter.Int128Range(Int128 low, Int128 high) -> {
        Int128 from =
            low.compareTo(Int128.of(Long.MIN_VALUE)) < 0 ? Int128.of(Long.MIN_VALUE) : low;
        Int128 to =
            high.compareTo(Int128.of(Long.MAX_VALUE)) > 0 ? Int128.of(Long.MAX_VALUE) : high;
        yield from.compareTo(to) > 0 || !from.fitsLong() || !to.fitsLong()
            ? new ColumnFilter.Nothing()
            : new ColumnFilter.LongRange(from.low(), to.low());
      }
      case ColumnFilter.Int128Among(Int128[] values, boolean _) ->
          values[0].fitsLong()
              ? new ColumnFilter.LongUnequal(values[0].low())
              : new ColumnFilter.Present();
      default -> wide;
    };
  }

  private static ColumnFilter compareDouble(Operator operator, double value) {
    double least = Double.NEGATIVE_INFINITY;
    double most = Double.POSITIVE_INFINITY;
    boolean isNan = Double.isNaN(value);
    return switch (operator) {
      case EQUAL -> isNan ? onlyNan() : new ColumnFilter.DoubleRange(value, value, false);
      case NOT_EQUAL -> new ColumnFilter.DoubleUnequal(value);
      case LESS ->
          isNan
              ? new ColumnFilter.DoubleRange(least, most, false)
              : value == least
                  ? new ColumnFilter.Nothing()
                  : new ColumnFilter.DoubleRange(least, Math.nextDown(value), false);
      case LESS_OR_EQUAL -> new ColumnFilter.DoubleRange(least, isNan ? most : value, isNan);
      case GREATER ->
          isNan
              ? new ColumnFilter.Nothing()
              : value == most
                  ? onlyNan()
                  : new ColumnFilter.DoubleRange(Math.nextUp(value), most, true);
      case GREATER_OR_EQUAL -> isNan ? onlyNan() : new ColumnFilter.DoubleRange(value, most, true);
    };
  }

  private static ColumnFilter onlyNan() {
    return new ColumnFilter.DoubleRange(Double.POSITIVE_INFINITY, Double.NEGATIVE_INFINITY, true);
  }

  private static ColumnFilter compareBytes(Operator operator, byte[] value) {
    byte[] trimmed = BytesOrder.trimmed(value);
    return switch (operator) {
      case EQUAL -> new ColumnFilter.BytesEqual(trimmed, true);
      case NOT_EQUAL -> new ColumnFilter.BytesEqual(trimmed, false);
      case LESS -> new ColumnFilter.BytesBetween(new BytesRange(null, true, trimmed, false));
      case LESS_OR_EQUAL ->
          new ColumnFilter.BytesBetween(new BytesRange(null, true, trimmed, true));
      case GREATER -> new ColumnFilter.BytesBetween(new BytesRange(trimmed, false, null, true));
      case GREATER_OR_EQUAL ->
          new ColumnFilter.BytesBetween(new BytesRange(trimmed, true, null, true));
    };
  }

  private static Int128 integer(Constant constant) {
    return switch (constant) {
      case Constant.IntValue(int value) -> Int128.of(value);
      case Constant.LongValue(long value) -> Int128.of(value);
      case Constant.Int128Value(Int128 value) -> value;
      default -> throw new IllegalStateException("not an integer constant: " + constant);
    };
  }

  private static double real(Constant constant) {
    if (constant instanceof Constant.DoubleValue(double value)) {
      return value;
    }
    throw new IllegalStateException("not a floating constant: " + constant);
  }

  private static byte[] bytes(Constant constant) {
    if (constant instanceof Constant.BytesValue(byte[] value)) {
      return value;
    }
    throw new IllegalStateException("not a string constant: " + constant);
  }
}

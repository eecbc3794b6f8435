package io.redward.compute.scan;

import io.redward.foundation.types.Int128;
import io.redward.runtime.kernel.BytesFilters.BytesRange;
import io.redward.storage.table.BlockSummary;
import io.redward.storage.table.ValueBounds;
import java.util.Arrays;
import java.util.List;

/// Judges filters by the bounds that blocks keep of their values.
final class ZoneMaps {
  private ZoneMaps() {}

  static Verdict judge(ColumnFilter filter, BlockSummary summary) {
    if (filter instanceof ColumnFilter.Absent) {
      int nulls = summary.nullCount();
      return nulls == 0 ? Verdict.NONE : nulls == summary.rowCount() ? Verdict.ALL : Verdict.SOME;
    }
    if (summary.bounds().isEmpty()) {
      return Verdict.NONE;
    }
    Verdict present = judge(filter, summary.bounds().get());
    return present == Verdict.ALL && summary.nullCount() > 0 ? Verdict.SOME : present;
  }

  static Verdict judge(ColumnFilter filter, ValueBounds bounds) {
    if (filter instanceof ColumnFilter.Nothing) {
      return Verdict.NONE;
    }
    if (filter instanceof ColumnFilter.Present) {
      return Verdict.ALL;
    }
    return switch (bounds) {
      case ValueBounds.Longs(long min, long max) -> judgeLongs(filter, min, max);
      case ValueBounds.Doubles(double min, double max) -> judgeDoubles(filter, min, max);
      case ValueBounds.Int128s(Int128 min, Int128 max) -> judgeWide(filter, min, max);
      case ValueBounds.Bytes(byte[] min, byte[] max) -> judgeBytes(filter, min, max);
    };
  }

  private static Verdict judgeLongs(ColumnFilter filter, long min, long max) {
    return switch (filter) {
      case ColumnFilter.LongRange(long low, long high) ->
          range(Long.compare(max, low), Long.compare(min, high), low <= min && max <= high);
      case ColumnFilter.LongUnequal(long value) -> unequal(value < min || value > max, min == max);
      case ColumnFilter.LongIn in ->
          in.set().max() < min || in.set().min() > max
              ? Verdict.NONE
              : min != max ? Verdict.SOME : in.set().contains(min) ? Verdict.ALL : Verdict.NONE;
      default -> Verdict.SOME;
    };
  }

  private static Verdict judgeDoubles(ColumnFilter filter, double min, double max) {
    if (filter instanceof ColumnFilter.DoubleRange(double low, double high, boolean nan)) {
      boolean mayBeNan = Double.isNaN(max);
      if (mayBeNan && nan) {
        return min >= low && high == Double.POSITIVE_INFINITY ? Verdict.ALL : Verdict.SOME;
      }
      if (mayBeNan) {
        return min > high ? Verdict.NONE : Verdict.SOME;
      }
      return low > high
          ? Verdict.NONE
          : range(compare(max, low), compare(min, high), low <= min && max <= high);
    }
    return Verdict.SOME;
  }

  /// Unlike `Double.compare` holds the two zeros for equal.
  private static int compare(double left, double right) {
    return left < right ? -1 : left > right ? 1 : 0;
  }

  private static Verdict judgeWide(ColumnFilter filter, Int128 min, Int128 max) {
    if (filter instanceof ColumnFilter.Int128Range(Int128 low, Int128 high)) {
      return range(
          max.compareTo(low),
          min.compareTo(high),
          low.compareTo(min) <= 0 && max.compareTo(high) <= 0);
    }
    return Verdict.SOME;
  }

  /// `min` is a lower bound of the values and `max` an upper one, both perhaps cut short, so equal
  /// bounds do not mean that all values are equal.
  private static Verdict judgeBytes(ColumnFilter filter, byte[] min, byte[] max) {
    return switch (filter) {
      case ColumnFilter.BytesEqual(byte[] value, boolean wanted) -> {
        boolean outside = outside(value, min, max);
        yield !outside ? Verdict.SOME : wanted ? Verdict.NONE : Verdict.ALL;
      }
      case ColumnFilter.BytesBetween(BytesRange range) -> judgeBytes(range, min, max);
      case ColumnFilter.BytesIn(_, List<byte[]> values) ->
          values.stream().allMatch(value -> outside(value, min, max)) ? Verdict.NONE : Verdict.SOME;
      default -> Verdict.SOME;
    };
  }

  private static Verdict judgeBytes(BytesRange range, byte[] min, byte[] max) {
    byte[] low = range.low();
    byte[] high = range.high();
    boolean lowCertain = true;
    if (low != null) {
      int maxOrder = Arrays.compareUnsigned(max, low);
      if (maxOrder < 0 || maxOrder == 0 && !range.lowInclusive()) {
        return Verdict.NONE;
      }
      int minOrder = Arrays.compareUnsigned(min, low);
      lowCertain = minOrder > 0 || minOrder == 0 && range.lowInclusive();
    }
    if (high == null) {
      return lowCertain ? Verdict.ALL : Verdict.SOME;
    }
    int minOrder = Arrays.compareUnsigned(min, high);
    if (minOrder > 0 || minOrder == 0 && !range.highInclusive()) {
      return Verdict.NONE;
    }
    int maxOrder = Arrays.compareUnsigned(max, high);
    boolean highCertain = maxOrder < 0 || maxOrder == 0 && range.highInclusive();
    return lowCertain && highCertain ? Verdict.ALL : Verdict.SOME;
  }

  private static boolean outside(byte[] value, byte[] min, byte[] max) {
    return Arrays.compareUnsigned(value, min) < 0 || Arrays.compareUnsigned(value, max) > 0;
  }

  private static Verdict range(int maxAgainstLow, int minAgainstHigh, boolean inside) {
    return maxAgainstLow < 0 || minAgainstHigh > 0
        ? Verdict.NONE
        : inside ? Verdict.ALL : Verdict.SOME;
  }

  private static Verdict unequal(boolean outside, boolean single) {
    return outside ? Verdict.ALL : single ? Verdict.NONE : Verdict.SOME;
  }
}

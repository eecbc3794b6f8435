package io.redward.compute.scan;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.foundation.types.Int128;
import io.redward.runtime.kernel.BytesFilters;
import io.redward.runtime.kernel.BytesFilters.BytesRange;
import io.redward.runtime.kernel.BytesSet;
import io.redward.runtime.kernel.DoubleFilters;
import io.redward.runtime.kernel.Int128Filters;
import io.redward.runtime.kernel.IntFilters;
import io.redward.runtime.kernel.LongFilters;
import io.redward.runtime.kernel.LongSet;
import io.redward.runtime.kernel.Selections;
import io.redward.runtime.string.LikeFilter;
import io.redward.runtime.string.LikeMatcher;
import java.util.List;

/// What a scan asks of one column, with the constants of one execution filled in. Nulls satisfy
/// none but [Absent]. Immutable, shared by all workers.
sealed interface ColumnFilter {
  /// No row satisfies it: a comparison with NULL, an empty range.
  record Nothing() implements ColumnFilter {}

  /// Every present value satisfies it.
  record Present() implements ColumnFilter {}

  /// Every null satisfies it, and nothing else.
  record Absent() implements ColumnFilter {}

  /// INT and LONG columns.
  record LongRange(long low, long high) implements ColumnFilter {}

  record LongUnequal(long value) implements ColumnFilter {}

  record LongIn(LongSet set) implements ColumnFilter {}

  /// `nan` says whether NaN belongs to the range.
  record DoubleRange(double low, double high, boolean nan) implements ColumnFilter {}

  record DoubleUnequal(double value) implements ColumnFilter {}

  record DoubleIn(double[] values) implements ColumnFilter {}

  record Int128Range(Int128 low, Int128 high) implements ColumnFilter {}

  record Int128Among(Int128[] values, boolean wanted) implements ColumnFilter {}

  record BytesEqual(byte[] trimmed, boolean wanted) implements ColumnFilter {}

  record BytesBetween(BytesRange range) implements ColumnFilter {}

  record BytesIn(BytesSet set, List<byte[]> trimmed) implements ColumnFilter {}

  /// LIKE, or NOT LIKE if not `wanted`.
  record BytesLike(LikeMatcher matcher, boolean wanted) implements ColumnFilter {}

  /// Narrows the live rows of a chunk. With `dense` the live rows are `0 .. count)` and `selection`
  /// is written, else they are `selection[0 .. count)`.
  ///
  /// @return how many stay; they are then `selection[0 .. n)`
  static int apply(ColumnFilter filter, Vector vector, int[] selection, int count, boolean dense) {
    if (filter instanceof Absent) {
      return absent(vector, selection, count, dense);
    }
    boolean selected = !dense;
    int n = count;
    if (vector.hasNulls) {
      n = present(vector, selection, count, dense);
      selected = true;
    }
    return switch (vector) {
      case IntVector ints -> applyInts(filter, ints.values, selection, n, selected);
      case LongVector longs -> applyLongs(filter, longs.values, selection, n, selected);
      case DoubleVector doubles -> applyDoubles(filter, doubles.values, selection, n, selected);
      case Int128Vector wide -> applyWide(filter, wide, selection, n, selected);
      case BytesVector bytes -> applyBytes(filter, bytes, selection, n, selected);
    };
  }

  /// Keeps the rows that are not null; like `apply` otherwise.
  static int present(Vector vector, int[] selection, int count, boolean dense) {
    return dense
        ? Selections.whereSet(vector.validity, 0, count, selection)
        : Selections.keepSet(vector.validity, selection, count);
  }

  private static int absent(Vector vector, int[] selection, int count, boolean dense) {
    if (!vector.hasNulls) {
      return 0;
    }
    return dense
        ? Selections.whereClear(vector.validity, 0, count, selection)
        : Selections.keepClear(vector.validity, selection, count);
  }

  private static int applyInts(
      ColumnFilter filter, int[] values, int[] selection, int count, boolean selected) {
    switch (filter) {
      case LongRange(long low, long high) -> {
        if (low > Integer.MAX_VALUE || high < Integer.MIN_VALUE) {
          return 0;
        }
        int from = (int) Math.max(low, Integer.MIN_VALUE);
        int to = (int) Math.min(high, Integer.MAX_VALUE);
        return selected
            ? IntFilters.keepBetween(values, from, to, selection, count)
            : IntFilters.between(values, count, from, to, selection);
      }
      case LongUnequal(long value) -> {
        if (value != (int) value) {
          return everything(selection, count, selected);
        }
        return selected
            ? IntFilters.keepNotEqual(values, (int) value, selection, count)
            : IntFilters.notEqual(values, count, (int) value, selection);
      }
      case LongIn(LongSet set) -> {
        int n = applyInts(new LongRange(set.min(), set.max()), values, selection, count, selected);
        return IntFilters.keepIn(values, set, selection, n);
      }
      default -> {
        return applyTrivial(filter, selection, count, selected);
      }
    }
  }

  private static int applyLongs(
      ColumnFilter filter, long[] values, int[] selection, int count, boolean selected) {
    return switch (filter) {
      case LongRange(long low, long high) ->
          selected
              ? LongFilters.keepBetween(values, low, high, selection, count)
              : LongFilters.between(values, count, low, high, selection);
      case LongUnequal(long value) ->
          selected
              ? LongFilters.keepNotEqual(values, value, selection, count)
              : LongFilters.notEqual(values, count, value, selection);
      case LongIn(LongSet set) -> {
        int n =
            selected
                ? LongFilters.keepBetween(values, set.min(), set.max(), selection, count)
                : LongFilters.between(values, count, set.min(), set.max(), selection);
        yield LongFilters.keepIn(values, set, selection, n);
      }
      default -> applyTrivial(filter, selection, count, selected);
    };
  }

  private static int applyDoubles(
      ColumnFilter filter, double[] values, int[] selection, int count, boolean selected) {
    if (filter instanceof DoubleRange(double low, double high, boolean nan) && !selected) {
      return DoubleFilters.between(values, count, low, high, nan, selection);
    }
    int n = everything(selection, count, selected);
    return switch (filter) {
      case DoubleRange(double low, double high, boolean nan) ->
          DoubleFilters.keepBetween(values, low, high, nan, selection, n);
      case DoubleUnequal(double value) -> DoubleFilters.keepNotEqual(values, value, selection, n);
      case DoubleIn(double[] members) -> DoubleFilters.keepIn(values, members, selection, n);
      default -> applyTrivial(filter, selection, n, true);
    };
  }

  private static int applyWide(
      ColumnFilter filter, Int128Vector vector, int[] selection, int count, boolean selected) {
    int n = everything(selection, count, selected);
    return switch (filter) {
      case Int128Range(Int128 low, Int128 high) ->
          Int128Filters.keepBetween(
              vector.high, vector.low, new Int128[] {low, high}, selection, n);
      case Int128Among(Int128[] values, boolean wanted) ->
          Int128Filters.keepIn(
              new long[][] {vector.high, vector.low}, values, wanted, selection, n);
      default -> applyTrivial(filter, selection, n, true);
    };
  }

  private static int applyBytes(
      ColumnFilter filter, BytesVector vector, int[] selection, int count, boolean selected) {
    int n = everything(selection, count, selected);
    return switch (filter) {
      case BytesEqual(byte[] trimmed, boolean wanted) ->
          BytesFilters.keepEqual(vector, trimmed, wanted, selection, n);
      case BytesBetween(BytesRange range) -> BytesFilters.keepBetween(vector, range, selection, n);
      case BytesIn(BytesSet set, List<byte[]> _) -> BytesFilters.keepIn(vector, set, selection, n);
      case BytesLike(LikeMatcher matcher, boolean wanted) ->
          LikeFilter.keep(vector, matcher, wanted, selection, n);
      default -> applyTrivial(filter, selection, n, true);
    };
  }

  private static int applyTrivial(
      ColumnFilter filter, int[] selection, int count, boolean selected) {
    return switch (filter) {
      case Nothing() -> 0;
      case Present() -> everything(selection, count, selected);
      default -> throw new IllegalStateException(filter + " on a column of another form");
    };
  }

  private static int everything(int[] selection, int count, boolean selected) {
    if (!selected) {
      Selections.all(count, selection);
    }
    return count;
  }
}

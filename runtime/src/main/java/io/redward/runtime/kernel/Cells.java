package io.redward.runtime.kernel;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;

/// Single values of vectors, whatever their form: order, copies, conversions.
public final class Cells {
  private Cells() {}

  /// The order of two present values: NaN last, trailing blanks ignored.
  public static int compare(Vector vector, int left, int right) {
    return switch (vector) {
      case IntVector ints -> Integer.compare(ints.values[left], ints.values[right]);
      case LongVector longs -> Long.compare(longs.values[left], longs.values[right]);
      case DoubleVector doubles -> compare(doubles.values[left], doubles.values[right]);
      case Int128Vector wide -> {
        int order = Long.compare(wide.high[left], wide.high[right]);
        yield order != 0 ? order : Long.compareUnsigned(wide.low[left], wide.low[right]);
      }
      case BytesVector bytes ->
          BytesOrder.compare(
              bytes.page(left),
              bytes.offset(left),
              bytes.offset(left) + bytes.length(left),
              bytes.page(right),
              bytes.offset(right),
              bytes.offset(right) + bytes.length(right));
    };
  }

  public static int compare(double left, double right) {
    return left < right ? -1 : left > right ? 1 : left == right ? 0 : Double.compare(left, right);
  }

  /// Lets `to` see the strings of `from`, so that `copy` between them copies places only.
  public static void share(Vector from, Vector to) {
    if (from instanceof BytesVector source && to instanceof BytesVector target) {
      target.pages = source.pages;
    }
  }

  /// Copies a value or a null between vectors of one form; strings between vectors that share
  /// pages.
  public static void copy(Vector from, int source, Vector to, int target) {
    if (from.isNull(source)) {
      to.setNull(target);
      return;
    }
    switch (to) {
      case IntVector ints -> ints.values[target] = ((IntVector) from).values[source];
      case LongVector longs -> longs.values[target] = ((LongVector) from).values[source];
      case DoubleVector doubles -> doubles.values[target] = ((DoubleVector) from).values[source];
      case Int128Vector wide -> {
        wide.high[target] = ((Int128Vector) from).high[source];
        wide.low[target] = ((Int128Vector) from).low[source];
      }
      case BytesVector bytes -> bytes.views[target] = ((BytesVector) from).views[source];
    }
  }

  /// The value of an integer column.
  public static long integer(Vector vector, int row) {
    return switch (vector) {
      case IntVector ints -> ints.values[row];
      case LongVector longs -> longs.values[row];
      case Int128Vector wide -> wide.low[row];
      case DoubleVector _, BytesVector _ ->
          throw new IllegalStateException("no integers: " + vector.physical());
    };
  }

  /// The value of a numeric column; decimals count in units of their last digit.
  public static double real(Vector vector, int row) {
    return switch (vector) {
      case IntVector ints -> ints.values[row];
      case LongVector longs -> longs.values[row];
      case DoubleVector doubles -> doubles.values[row];
      case Int128Vector wide ->
          wide.high[row] * 0x1p64 + (wide.low[row] >>> 1) * 2.0 + (wide.low[row] & 1);
      case BytesVector _ -> throw new IllegalStateException("no numbers: " + vector.physical());
    };
  }
}

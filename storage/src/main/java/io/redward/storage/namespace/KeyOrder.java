package io.redward.storage.namespace;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.storage.block.BytesOrder;
import java.util.Arrays;

/// The order of values of a sort key's column: nulls last, strings without trailing blanks.
final class KeyOrder {
  private KeyOrder() {}

  /// Orders two values of vectors of one form.
  static int compare(Vector left, int leftRow, Vector right, int rightRow) {
    boolean leftNull = left.isNull(leftRow);
    boolean rightNull = right.isNull(rightRow);
    if (leftNull || rightNull) {
      return Boolean.compare(leftNull, rightNull);
    }
    return switch (left) {
      case IntVector ints ->
          Integer.compare(ints.values[leftRow], ((IntVector) right).values[rightRow]);
      case LongVector longs ->
          Long.compare(longs.values[leftRow], ((LongVector) right).values[rightRow]);
      case DoubleVector doubles ->
          Double.compare(doubles.values[leftRow], ((DoubleVector) right).values[rightRow]);
      case Int128Vector wide -> {
        Int128Vector other = (Int128Vector) right;
        yield wide.high[leftRow] != other.high[rightRow]
            ? Long.compare(wide.high[leftRow], other.high[rightRow])
            : Long.compareUnsigned(wide.low[leftRow], other.low[rightRow]);
      }
      case BytesVector bytes -> strings(bytes, leftRow, (BytesVector) right, rightRow);
    };
  }

  private static int strings(BytesVector left, int leftRow, BytesVector right, int rightRow) {
    int leftLength = BytesOrder.trimmedLength(left, leftRow);
    int rightLength = BytesOrder.trimmedLength(right, rightRow);
    if (leftLength == 0 || rightLength == 0) {
      return Integer.compare(leftLength, rightLength);
    }
    int leftOffset = left.offset(leftRow);
    int rightOffset = right.offset(rightRow);
    return Arrays.compareUnsigned(
        left.page(leftRow),
        leftOffset,
        leftOffset + leftLength,
        right.page(rightRow),
        rightOffset,
        rightOffset + rightLength);
  }
}

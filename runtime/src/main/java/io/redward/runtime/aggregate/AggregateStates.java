package io.redward.runtime.aggregate;

import io.redward.foundation.base.SqlException;
import io.redward.foundation.base.SqlState;
import io.redward.foundation.batch.BytesView;
import io.redward.runtime.kernel.BytesOrder;
import io.redward.runtime.number.WideMath;
import io.redward.runtime.row.RowWriter;

/// Updates of states that generated code leaves to a call. `page` and `word` say where the state's
/// first word is.
public final class AggregateStates {
  private AggregateStates() {}

  public static void minWide(long[] page, int word, long high, long low) {
    if (WideMath.compare(high, low, page[word], page[word + 1]) < 0) {
      page[word] = high;
      page[word + 1] = low;
    }
  }

  public static void maxWide(long[] page, int word, long high, long low) {
    if (WideMath.compare(high, low, page[word], page[word + 1]) > 0) {
      page[word] = high;
      page[word + 1] = low;
    }
  }

  /// Takes a double into count, mean and sum of squared distances (Welford's method).
  public static void addMoments(long[] page, int word, double value) {
    long count = ++page[word];
    double mean = Double.longBitsToDouble(page[word + 1]);
    double distance = value - mean;
    mean += distance / count;
    double squares = Double.longBitsToDouble(page[word + 2]) + distance * (value - mean);
    page[word + 1] = Double.doubleToRawLongBits(mean);
    page[word + 2] = Double.doubleToRawLongBits(squares);
  }

  static void mergeMoments(long[] target, int to, long[] source, int from) {
    double count = target[to];
    double otherCount = source[from];
    double mean = Double.longBitsToDouble(target[to + 1]);
    double distance = Double.longBitsToDouble(source[from + 1]) - mean;
    double total = count + otherCount;
    double squares =
        Double.longBitsToDouble(target[to + 2])
            + Double.longBitsToDouble(source[from + 2])
            + distance * distance * count * otherCount / total;
    target[to] += source[from];
    target[to + 1] = Double.doubleToRawLongBits(mean + distance * otherCount / total);
    target[to + 2] = Double.doubleToRawLongBits(squares);
  }

  /// Keeps a string if it is the first (`empty`), or below (`sign` -1) or above (1) the kept one.
  public static void extremeBytes(
      long[] page,
      int word,
      boolean empty,
      int sign,
      RowWriter rows,
      byte[] bytes,
      int offset,
      int length) {
    if (!empty) {
      long view = page[word];
      byte[] kept = rows.bytesPages()[BytesView.page(view)];
      int start = BytesView.offset(view);
      int end = start + BytesView.length(view);
      int order = BytesOrder.compare(bytes, offset, offset + length, kept, start, end);
      if (Integer.signum(order) != sign) {
        return;
      }
      if (length <= BytesView.length(view)) {
        System.arraycopy(bytes, offset, kept, start, length);
        page[word] = BytesView.of(BytesView.page(view), start, length);
        return;
      }
    }
    page[word] = rows.append(bytes, offset, length);
  }

  /// Counts the row of a scalar subquery; there may be one.
  public static void countSingle(long[] page, int word) {
    countSingle(page, word, 1);
  }

  static void countSingle(long[] page, int word, long rows) {
    page[word] += rows;
    if (page[word] > 1) {
      throw new SqlException(
          SqlState.CARDINALITY_VIOLATION,
          "more than one row returned by a subquery used as an expression");
    }
  }
}

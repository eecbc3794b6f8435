package io.redward.runtime.kernel;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import org.jspecify.annotations.Nullable;

/// Filters over string columns, selected form. Trailing blanks never count.
public final class BytesFilters {
  private BytesFilters() {}

  /// `value = constant`, or `<>` if not `wanted`; `trimmed` has no trailing blanks.
  public static int keepEqual(
      BytesVector vector, byte[] trimmed, boolean wanted, int[] selection, int count) {
    long[] views = vector.views;
    byte[][] pages = vector.pages;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      long view = views[row];
      boolean equal =
          BytesView.length(view) >= trimmed.length
              && BytesOrder.equalsTrimmed(
                  pages[BytesView.page(view)],
                  BytesView.offset(view),
                  BytesView.length(view),
                  trimmed);
      selection[n] = row;
      n += equal == wanted ? 1 : 0;
    }
    return n;
  }

  /// `low <= value <= high`.
  public static int keepBetween(BytesVector vector, BytesRange range, int[] selection, int count) {
    long[] views = vector.views;
    byte[][] pages = vector.pages;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      long view = views[row];
      selection[n] = row;
      n +=
          range.contains(
                  pages[BytesView.page(view)], BytesView.offset(view), BytesView.length(view))
              ? 1
              : 0;
    }
    return n;
  }

  /// `value IN set`.
  public static int keepIn(BytesVector vector, BytesSet set, int[] selection, int count) {
    long[] views = vector.views;
    byte[][] pages = vector.pages;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      long view = views[row];
      selection[n] = row;
      n +=
          set.contains(pages[BytesView.page(view)], BytesView.offset(view), BytesView.length(view))
              ? 1
              : 0;
    }
    return n;
  }

  /// A range of strings, trimmed; an absent bound is open.
  public record BytesRange(
      byte @Nullable [] low, boolean lowInclusive, byte @Nullable [] high, boolean highInclusive) {
    public boolean contains(byte[] page, int offset, int length) {
      if (low != null) {
        int order = BytesOrder.compareTrimmed(page, offset, length, low);
        if (order < 0 || order == 0 && !lowInclusive) {
          return false;
        }
      }
      if (high != null) {
        int order = BytesOrder.compareTrimmed(page, offset, length, high);
        return order < 0 || order == 0 && highInclusive;
      }
      return true;
    }
  }
}

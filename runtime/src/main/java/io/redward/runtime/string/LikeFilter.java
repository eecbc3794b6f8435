package io.redward.runtime.string;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;

/// LIKE over a string column, selected form.
public final class LikeFilter {
  private LikeFilter() {}

  /// Keeps the rows that match, or that do not if not `wanted`.
  ///
  /// @param matcher one that minds case, which may be shared by threads
  /// @return how many stay; they are then `selection[0 .. n)`
  public static int keep(
      BytesVector vector, LikeMatcher matcher, boolean wanted, int[] selection, int count) {
    long[] views = vector.views;
    byte[][] pages = vector.pages;
    int n = 0;
    for (int i = 0; i < count; i++) {
      int row = selection[i];
      long view = views[row];
      boolean matches =
          matcher.matches(
              pages[BytesView.page(view)], BytesView.offset(view), BytesView.length(view));
      selection[n] = row;
      n += matches == wanted ? 1 : 0;
    }
    return n;
  }
}

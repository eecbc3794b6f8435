package io.redward.runtime.window;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.BytesView;
import java.util.Arrays;

/// Strings of another vector in a vector that shares its pages with its argument: the other's page
/// is added to the pages when it is first needed.
final class ForeignBytes {
  private ForeignBytes() {}

  static void put(BytesVector target, int row, BytesVector source, int sourceRow) {
    byte[] page = source.page(sourceRow);
    int index = target.pages.length - 1;
    while (index >= 0 && target.pages[index] != page) {
      index--;
    }
    if (index < 0) {
      index = target.pages.length;
      target.pages = Arrays.copyOf(target.pages, index + 1);
      target.pages[index] = page;
    }
    target.views[row] = BytesView.of(index, source.offset(sourceRow), source.length(sourceRow));
  }
}

package io.redward.runtime.sort;

import io.redward.foundation.batch.BytesView;
import io.redward.foundation.types.Physical;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowPages;
import io.redward.runtime.row.RowWriter;

/// Copies rows from one buffer into another of the same layout.
final class BufferCopy {
  private BufferCopy() {}

  /// Appends the rows that count of `source`, in their order.
  static void append(RowBuffer source, RowWriter target) {
    RowPages pages = source.pages();
    byte[][] strings = source.arena().pages();
    RowLayout layout = source.layout();
    int words = layout.rowWords();
    for (int i = source.from(); i < source.to(); i++) {
      int ref = source.refs()[i];
      long[] page = pages.page(ref);
      int from = pages.word(ref);
      int to = target.next();
      System.arraycopy(page, from, target.page, to, words);
      for (RowLayout.Slot slot : layout.slots()) {
        if (slot.physical() == Physical.BYTES && !slot.isNull(page, from)) {
          long view = page[from + slot.word()];
          target.page[to + slot.word()] =
              target.append(
                  strings[BytesView.page(view)], BytesView.offset(view), BytesView.length(view));
        }
      }
    }
  }
}

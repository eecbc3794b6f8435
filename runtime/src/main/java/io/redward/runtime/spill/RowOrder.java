package io.redward.runtime.spill;

import io.redward.foundation.batch.BytesView;
import io.redward.plan.step.SinkStep.SortKey;
import io.redward.runtime.kernel.BytesOrder;
import io.redward.runtime.number.DoubleMath;
import io.redward.runtime.number.WideMath;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowLayout.Slot;
import java.util.List;

/// The order that sort keys give rows of blocks.
final class RowOrder {
  private final List<SortKey> keys;
  private final RowLayout layout;

  RowOrder(List<SortKey> keys, RowLayout layout) {
    this.keys = List.copyOf(keys);
    this.layout = layout;
  }

  int compare(RowBlock block, int row, RowBlock other, int otherRow) {
    for (SortKey key : keys) {
      Slot slot = layout.slot(key.field());
      boolean absent = slot.isNull(block.page(), row);
      boolean otherAbsent = slot.isNull(other.page(), otherRow);
      if (absent || otherAbsent) {
        if (absent != otherAbsent) {
          return absent == key.nullsFirst() ? -1 : 1;
        }
        continue;
      }
      int order = compare(slot, block, row + slot.word(), other, otherRow + slot.word());
      if (order != 0) {
        return key.descending() ? -order : order;
      }
    }
    return 0;
  }

  private static int compare(Slot slot, RowBlock block, int at, RowBlock other, int otherAt) {
    long word = block.page()[at];
    long otherWord = other.page()[otherAt];
    return switch (slot.physical()) {
      case INT, LONG -> Long.compare(word, otherWord);
      case DOUBLE ->
          DoubleMath.compare(Double.longBitsToDouble(word), Double.longBitsToDouble(otherWord));
      case INT128 ->
          WideMath.compare(word, block.page()[at + 1], otherWord, other.page()[otherAt + 1]);
      case BYTES -> {
        int start = BytesView.offset(word);
        int otherStart = BytesView.offset(otherWord);
        yield BytesOrder.compare(
            block.bytes()[0],
            start,
            start + BytesView.length(word),
            other.bytes()[0],
            otherStart,
            otherStart + BytesView.length(otherWord));
      }
    };
  }
}

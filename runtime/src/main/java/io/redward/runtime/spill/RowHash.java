package io.redward.runtime.spill;

import io.redward.foundation.batch.BytesView;
import io.redward.runtime.row.Hashes;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowLayout.Slot;
import io.redward.runtime.row.StringKeys;
import java.util.List;

/// The hash of some fields of a row; equal values have equal hashes, NULL equals NULL.
public final class RowHash {
  private static final byte[] NO_BYTES = new byte[0];

  private final List<Slot> slots;

  public RowHash(RowLayout layout, List<Integer> fields) {
    slots = fields.stream().map(layout::slot).toList();
  }

  public long of(long[] page, int row, byte[][] strings) {
    long hash = Hashes.SEED;
    for (Slot slot : slots) {
      if (slot.isNull(page, row)) {
        hash = Hashes.combine(hash, Hashes.NULL_WORD);
        continue;
      }
      long word = page[row + slot.word()];
      hash =
          switch (slot.physical()) {
            case INT, LONG -> Hashes.combine(hash, word);
            case DOUBLE -> Hashes.combine(hash, Hashes.doubleWord(Double.longBitsToDouble(word)));
            case INT128 -> Hashes.combine(Hashes.combine(hash, word), page[row + slot.word() + 1]);
            case BYTES -> Hashes.combine(hash, stringWord(word, strings));
          };
    }
    return Hashes.finish(hash);
  }

  private static long stringWord(long view, byte[][] strings) {
    int length = BytesView.length(view);
    return length == 0
        ? StringKeys.hashWord(NO_BYTES, 0, 0)
        : StringKeys.hashWord(strings[BytesView.page(view)], BytesView.offset(view), length);
  }
}

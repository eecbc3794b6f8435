package io.redward.runtime.sort;

import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import io.redward.runtime.row.RowBuffer;
import io.redward.runtime.row.RowLayout;
import io.redward.runtime.row.RowPages;

/// Fields of a sealed row buffer as columns, to be sorted by or computed with. Strings stay in the
/// buffer's arena.
public final class BufferColumns {
  private BufferColumns() {}

  /// A column with the values of `field` in the rows `refs[from .. to)`, in that order.
  public static Vector gather(RowBuffer buffer, int field, int[] refs, int from, int to) {
    RowLayout.Slot slot = buffer.layout().slot(field);
    int count = to - from;
    Vector vector = Vector.of(slot.physical(), count);
    RowPages pages = buffer.pages();
    switch (vector) {
      case IntVector ints -> {
        long[] words = words(pages, slot.word(), refs, from, count);
        for (int row = 0; row < count; row++) {
          ints.values[row] = (int) words[row];
        }
      }
      case LongVector longs -> longs.values = words(pages, slot.word(), refs, from, count);
      case DoubleVector doubles -> {
        long[] words = words(pages, slot.word(), refs, from, count);
        for (int row = 0; row < count; row++) {
          doubles.values[row] = Double.longBitsToDouble(words[row]);
        }
      }
      case Int128Vector wide -> {
        wide.high = words(pages, slot.word(), refs, from, count);
        wide.low = words(pages, slot.word() + 1, refs, from, count);
      }
      case BytesVector bytes -> {
        bytes.pages = buffer.arena().pages();
        bytes.views = words(pages, slot.word(), refs, from, count);
      }
    }
    if (slot.nullable()) {
      long[] nulls = words(pages, slot.nullWord(), refs, from, count);
      for (int row = 0; row < count; row++) {
        if ((nulls[row] & slot.nullMask()) != 0) {
          vector.setNull(row);
        }
      }
    }
    return vector;
  }

  private static long[] words(RowPages rowPages, int word, int[] refs, int from, int count) {
    long[][] pages = rowPages.pages();
    int shift = rowPages.shift();
    int mask = (1 << shift) - 1;
    int words = rowPages.rowWords();
    long[] out = new long[count];
    for (int i = 0; i < count; i++) {
      int ref = refs[from + i];
      out[i] = pages[ref >>> shift][(ref & mask) * words + word];
    }
    return out;
  }
}

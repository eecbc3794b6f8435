package io.redward.runtime.row;

import io.redward.foundation.batch.Batch;
import io.redward.foundation.batch.BytesVector;
import io.redward.foundation.batch.DoubleVector;
import io.redward.foundation.batch.Int128Vector;
import io.redward.foundation.batch.IntVector;
import io.redward.foundation.batch.LongVector;
import io.redward.foundation.batch.Vector;
import java.util.List;

/// Reads rows of a sealed state into batches. Shared by the readers; strings are not copied, the
/// batch's views point into the arena.
///
/// The rows are those named by `refs[from .. to)`, in that order, cut into units of a batch each.
public final class RowScan {
  private final List<RowLayout.Slot> slots;
  private final RowPages pages;
  private final BytesArena arena;
  private final int[] refs;
  private final int from;
  private final int to;

  /// @param slots the fields to read, in the batch's order
  public RowScan(
      List<RowLayout.Slot> slots, RowPages pages, BytesArena arena, int[] refs, int from, int to) {
    this.slots = List.copyOf(slots);
    this.pages = pages;
    this.arena = arena;
    this.refs = refs;
    this.from = from;
    this.to = to;
  }

  /// The names of all rows of `pages`, page by page.
  public static int[] allRefs(RowPages pages) {
    int[] refs = new int[Math.toIntExact(pages.rowCount())];
    int at = 0;
    for (int page = 0; page < pages.pageCount(); page++) {
      int first = page << pages.shift();
      int rows = pages.rowsInPage(page);
      for (int row = 0; row < rows; row++) {
        refs[at++] = first + row;
      }
    }
    return refs;
  }

  public int rowCount() {
    return to - from;
  }

  /// Pieces of [Batch#CAPACITY] rows (the last may have fewer).
  public int unitCount() {
    return (rowCount() + Batch.CAPACITY - 1) / Batch.CAPACITY;
  }

  /// Fills `batch` (of at least [Batch#CAPACITY] rows) with the rows of one unit.
  public void fill(int unit, Batch batch) {
    int start = from + unit * Batch.CAPACITY;
    int count = Math.min(Batch.CAPACITY, to - start);
    batch.reset();
    for (int field = 0; field < slots.size(); field++) {
      read(slots.get(field), start, count, batch.vectors[field]);
    }
    batch.selectedCount = count;
  }

  private void read(RowLayout.Slot slot, int start, int count, Vector vector) {
    switch (vector) {
      case IntVector ints -> readInts(slot.word(), start, count, ints.values);
      case LongVector longs -> readLongs(slot.word(), start, count, longs.values);
      case DoubleVector doubles -> readDoubles(slot.word(), start, count, doubles.values);
      case Int128Vector wide -> {
        readLongs(slot.word(), start, count, wide.high);
        readLongs(slot.word() + 1, start, count, wide.low);
      }
      case BytesVector bytes -> {
        bytes.pages = arena.pages();
        readLongs(slot.word(), start, count, bytes.views);
      }
    }
    if (slot.nullable()) {
      readNulls(slot, start, count, vector);
    }
  }

  private void readInts(int word, int start, int count, int[] out) {
    long[][] pages = this.pages.pages();
    int shift = this.pages.shift();
    int mask = (1 << shift) - 1;
    int words = this.pages.rowWords();
    for (int i = 0; i < count; i++) {
      int ref = refs[start + i];
      out[i] = (int) pages[ref >>> shift][(ref & mask) * words + word];
    }
  }

  private void readLongs(int word, int start, int count, long[] out) {
    long[][] pages = this.pages.pages();
    int shift = this.pages.shift();
    int mask = (1 << shift) - 1;
    int words = this.pages.rowWords();
    for (int i = 0; i < count; i++) {
      int ref = refs[start + i];
      out[i] = pages[ref >>> shift][(ref & mask) * words + word];
    }
  }

  private void readDoubles(int word, int start, int count, double[] out) {
    long[][] pages = this.pages.pages();
    int shift = this.pages.shift();
    int mask = (1 << shift) - 1;
    int words = this.pages.rowWords();
    for (int i = 0; i < count; i++) {
      int ref = refs[start + i];
      out[i] = Double.longBitsToDouble(pages[ref >>> shift][(ref & mask) * words + word]);
    }
  }

  private void readNulls(RowLayout.Slot slot, int start, int count, Vector vector) {
    for (int i = 0; i < count; i++) {
      int ref = refs[start + i];
      if ((pages.page(ref)[pages.word(ref) + slot.nullWord()] & slot.nullMask()) != 0) {
        vector.setNull(i);
        if (vector instanceof BytesVector bytes) {
          bytes.views[i] = 0;
        }
      }
    }
  }
}
